import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import type {
  ConfigSnapshot,
  PanelAbout,
  PanelData,
  TeacherSnapshot,
} from '../../../../src/protocol/panelSnapshot.ts';
import { isMessage } from '../../../../src/webview/state/validMessages.ts';

const stats = finish(
  measureRowStats(
    { values: Float64Array.of(1, 2, 3, 0, 1, 0), layout: { rows: 2, classes: 3, inner: 1 } },
    { kind: 'indices', values: Int32Array.of(2, 0) },
    DEFAULT_SPEC,
  ),
);
const data: PanelData = {
  revision: 1,
  sourceId: 'a',
  summary: {
    shape: [2, 3],
    classAxis: 1,
    classAxisFrom: 'shape',
    classNames: ['cat', 'dog', 'bird'],
    keys: { logits: 'logits', targets: 'targets' },
    declared: { labelSmoothing: null, weight: Float64Array.of(1, 2, 3), ignoreIndex: null, reduction: 'sum' },
    decimals: 2,
    rounding: 0,
    kind: 'logits',
    looksLike: 'probabilities',
    labelling: 'one-class',
    warnings: [],
    targetsFrom: 'indices',
    holds: 'logits',
  },
  stats,
  sums: null,
  convention: 'UNIFORM_K',
  weight: Float64Array.of(1, 2, 3),
  ignoreIndex: -100,
  temperature: 1,
};
const about: PanelAbout = {
  source: { name: 'logits.json', lines: [0, 3], cell: { number: 2, run: null } },
  view: { kind: 'logits', chosenTargets: [[0, 1]], weight: null, temperature: 1 },
  isMeasured: true,
  labelSmoothing: 0.1,
  reduction: 'mean',
  applied: {
    id: 'a',
    convention: 'UNIFORM_K',
    labelSmoothing: 0.1,
    from: 'train.py',
    place: 'train.py, line 5',
    isWanted: false,
  },
  loss: null,
  nearby: [
    {
      id: 'file:///train.py#0',
      name: 'nn.CrossEntropyLoss',
      labelSmoothing: 0.2,
      place: 'train.py, line 5',
      isHere: false,
      isTaken: false,
      why: null,
    },
  ],
  unfolded: { explain: false, more: true },
  notice: null,
  warnings: [],
};
const teacher: TeacherSnapshot = {
  id: '1',
  name: 'teacher.json',
  kept: undefined,
  problem: null,
  prediction: Int32Array.of(0, 1),
  otherTargets: 0,
};
const config: ConfigSnapshot = {
  name: 'nn.CrossEntropyLoss',
  framework: null,
  source: { name: 'train.py', uri: 'file:///train.py', line: 4, character: 7 },
  convention: 'UNIFORM_K',
  conventionWords: 'α/K',
  form: 'ce',
  labelSmoothing: null,
  classes: 5,
  notes: [],
};

const call = (m: unknown, ...a: unknown[]) => isMessage({ t: 'q', m, a });
const show = (changes: unknown) => call('show', changes);
const withStats = (part: object) => show({ data: { ...data, stats: { ...stats, ...part } } });

describe('a message of the extension host', () => {
  it('is taken as it is: all of a source, or what has changed', () => {
    for (const changes of [
      { data, about, teacher, kept: { uri: 'file:///logits.json' } },
      { data: { ...data, weight: null }, about },
      { about, teacher: null },
      { kept: null },
      {},
    ])
      expect(show(changes)).toBe(true);
    expect(call('showConfig', config, null)).toBe(true);
    expect(call('showConfig', config, 'logits.json')).toBe(true);
    expect(call('problem', '')).toBe(true);
    expect(call('progress', null)).toBe(true);
    expect(call('progressOf', '1', 0.5)).toBe(true);
    expect(isMessage({ t: 's', i: 'abc', r: 1 })).toBe(true);
  });

  it('has float32 where the batch is large, and a null for a denominator beyond float64', () => {
    const { pTarget, pMax, hard, uniform } = stats;
    const [p, most] = [Float32Array.from(pTarget), Float32Array.from(pMax)];
    expect(withStats({ pTarget: p, pMax: most, hard: hard.map(() => Number.NaN), uniform })).toBe(true);
    expect(withStats({ share: null })).toBe(true);
  });

  it.each([null, undefined, 0, 7, Number.NaN, '', 'show', true, [], {}, () => {}])(
    'is none if it is %o',
    (message) => expect(isMessage(message)).toBe(false),
  );

  it.each(['toString', 'constructor', '__proto__', 'then', 'hide', '', null, 3])(
    'calls nothing named %o',
    (name) => expect(call(name)).toBe(false),
  );

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 4],
    ['data that is null', { data: null }],
    ['no statistics', { data: { ...data, stats: null } }],
    ['a list of numbers for an array', { data: { ...data, stats: { ...stats, hard: [1, 2] } } }],
    ['an array that is too short', { data: { ...data, stats: { ...stats, target: Int32Array.of(0) } } }],
    ['rows that are no number', { data: { ...data, stats: { ...stats, rows: '2' } } }],
    ['weights of another number of classes', { data: { ...data, weight: Float64Array.of(1, 2) } }],
    ['a convention nobody knows', { data: { ...data, convention: 'UNIFORM' } }],
    ['a temperature of 0', { data: { ...data, temperature: 0 } }],
    ['a summary without a shape', { data: { ...data, summary: { ...data.summary, shape: undefined } } }],
    [
      'class names that are numbers',
      { data: { ...data, summary: { ...data.summary, classNames: [1, 2, 3] } } },
    ],
    ['a source without a name', { about: { ...about, source: {} } }],
    ['no source', { about: { ...about, source: null } }],
    ['lines that aren’t two', { about: { ...about, source: { ...about.source, lines: [1] } } }],
    ['no view', { about: { ...about, view: null } }],
    ['chosen targets that are no pairs', { about: { ...about, view: { chosenTargets: [3] } } }],
    ['α as a text', { about: { ...about, labelSmoothing: '0.1' } }],
    ['a reduction nobody knows', { about: { ...about, reduction: 'median' } }],
    ['a teacher without a name', { teacher: { ...teacher, name: undefined } }],
  ])('shows nothing of %s', (_, changes) => expect(show(changes)).toBe(false));

  it('has the arguments of its function, neither fewer nor more', () => {
    expect(call('show')).toBe(false);
    expect(call('show', {}, {})).toBe(false);
    expect(call('problem', null)).toBe(false);
    expect(call('progress', '0.5')).toBe(false);
    expect(call('progressOf', 1, 0.5)).toBe(false);
    expect(call('showConfig', { ...config, notes: null }, null)).toBe(false);
    expect(isMessage({ t: 'q', m: 'problem', a: 'text' })).toBe(false);
    expect(isMessage({ t: 'q', m: 'problem' })).toBe(false);
  });

  it('throws for nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('show', 'showConfig', 'problem', 'progress', 'progressOf'),
        fc.array(fc.anything()),
        (name, args) => {
          expect(typeof isMessage({ t: 'q', m: name, a: args })).toBe('boolean');
        },
      ),
    );
    fc.assert(fc.property(fc.anything(), (message) => void isMessage(message)));
  });
});
