import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REQUEST_SCHEMAS } from '../../../../../src/host/panel/page/requestSchemas.ts';
import { InvalidRequestError, validRequests } from '../../../../../src/host/panel/page/validRequests.ts';
import type { PanelRequests } from '../../../../../src/protocol/panelChannel.ts';

type Name = keyof PanelRequests;
const NAMES = Object.keys(REQUEST_SCHEMAS) as Name[];

/** Requests that say what reached them. */
function recorded() {
  const reached: unknown[][] = [];
  const each = NAMES.map(
    (name) => [name, (...args: unknown[]) => void reached.push([name, ...args])] as const,
  );
  const requests = validRequests(
    Object.fromEntries(each) as unknown as PanelRequests,
    REQUEST_SCHEMAS,
  ) as unknown as Record<Name, (...args: unknown[]) => unknown>;
  return { reached, requests };
}

const SPEC = {
  convention: 'UNIFORM_K',
  labelSmoothing: 0.1,
  weight: null,
  ignoreIndex: -100,
  reduction: 'mean',
  form: 'ce',
  temperature: 1,
};

/** What the page asks. */
const ASKED: [Name, ...unknown[]][] = [
  ['ready'],
  ['row', 1, 0],
  ['floors', 3, { convention: 'UNIFORM_OTHERS', labelSmoothing: 0.2 }, '17'],
  ['totals', 3, { weight: [1, 0, 2], temperature: 2.5 }, '18'],
  ['totals', 3, { weight: null, ignoreIndex: null }, '18'],
  ['setView', { kind: 'log-probabilities', classAxis: 1, chosenTargets: [[0, 4]], ignoreIndex: -100 }],
  ['exportBatch', 3, 'pytorch', 'clipboard', SPEC],
  ['exportBatch', 3, 'targets', 'file', { ...SPEC, weight: Float64Array.of(1, 2) }],
  [
    'exportTable',
    'rows',
    { head: ['a'], texts: [['x', null]], numbers: Float64Array.of(NaN) },
    'csv',
    'file',
  ],
  ['exportPicture', 'a chart', { format: 'svg', content: '<svg/>' }, 'clipboard'],
  ['openDropped', { name: 'x.npy', bytes: new Uint8Array(8) }],
  ['previewAlpha', { convention: 'UNIFORM_K', labelSmoothing: 0, classes: 5 }],
];

const NONSENSE: [Name, ...unknown[]][] = [
  ['row', -1, 0],
  ['row', 1, 0.5],
  ['row', 1, Number.NaN],
  ['row', '1', 0],
  ['row', 1],
  ['stop', null],
  ['setView', { temperature: 0 }],
  ['setView', { temperature: -1 }],
  ['setView', { temperature: Number.POSITIVE_INFINITY }],
  ['setView', { weight: [1, -1] }],
  ['setView', { weight: [Number.NaN] }],
  ['setView', { weight: 'balanced' }],
  ['setView', { convention: 'UNIFORM' }],
  ['setView', { convention: 'constructor' }],
  ['setView', { classAxis: 1.5 }],
  ['setView', { chosenTargets: [[0, -1]] }],
  ['setView', { other: 1 }],
  ['setView', null],
  ['totals', 1, { temperature: 0 }, '1'],
  ['floors', 1, { convention: 'UNIFORM_K', labelSmoothing: 1.5 }, '1'],
  ['turnTo', 'back'],
  ['exportBatch', 3, 'exe', 'file', SPEC],
  ['exportBatch', 3, 'csv', '/etc/passwd', SPEC],
  ['exportBatch', 3, 'csv', 'file', { ...SPEC, temperature: 0 }],
  ['exportTable', 'rows', { head: ['a'], texts: [], numbers: [1] }, 'csv', 'file'],
  ['openDropped', { name: 'x.npy', bytes: [1, 2] }],
  ['previewAlpha', { convention: 'UNIFORM_K', labelSmoothing: 0.1, classes: 0 }],
];

describe('requests of the page', () => {
  it.each(ASKED)('%s reaches the panel', (...asked) => {
    const [name, ...args] = asked as [Name, ...unknown[]];
    const { reached, requests } = recorded();
    requests[name](...args);
    expect(reached).toEqual([[name, ...args]]);
  });

  it.each(NONSENSE)('%s is refused with %j', (...asked) => {
    const [name, ...args] = asked as [Name, ...unknown[]];
    const { reached, requests } = recorded();
    expect(() => requests[name](...args)).toThrow(InvalidRequestError);
    expect(reached).toEqual([]);
  });

  it('reach it as their schema has them, whatever is sent, or not at all', () => {
    const { reached, requests } = recorded();
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.array(fc.anything(), { minLength: 1 }), (name, args) => {
        try {
          requests[name](...args);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequestError);
        }
      }),
    );
    for (const [name, ...args] of reached)
      expect(
        args.every((arg) => arg !== null && arg !== undefined),
        String(name),
      ).toBe(true);
  });
});
