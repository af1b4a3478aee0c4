import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callIn, definitionsIn, executed, sourceOf } from './asked.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/field/code');

interface Expected {
  readonly file: string;
  readonly line?: number;
  readonly alpha?: number | string;
  readonly K?: number | string;
  readonly convention?: string | null;
  readonly on?: number;
  readonly off?: number;
  readonly mass?: number;
  readonly form?: string;
  readonly floor?: number | string;
  readonly floors?: readonly number[];
}

const FORMS: Readonly<Record<string, string>> = { ce: 'ce', kl: 'kl', bce: 'sigmoid' };

const EXPECTED = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as readonly Expected[];

/** Calls of what the file itself defines. */
const CALLS = EXPECTED.flatMap((expected) => {
  if (!expected.file.endsWith('.py') || expected.line === undefined) return [];
  const source = sourceOf(readFileSync(join(FOLDER, expected.file), 'utf8'));
  const call = callIn(source, expected.line, new Set(definitionsIn(source).keys()));
  return call ? [{ expected, source, call }] : [];
});

function near(found: number | null | undefined, expected: unknown): boolean {
  return typeof found !== 'number' || typeof expected !== 'number' || Math.abs(found - expected) < 2e-6;
}

describe('losses as people write them, executed', () => {
  const read: string[] = [];

  for (const { expected, source, call } of CALLS) {
    it(`${expected.file}:${expected.line} is never said to be something else`, () => {
      const execution = executed(source, call.name, {
        given: call.given,
        classes: typeof expected.K === 'number' ? expected.K : undefined,
      });
      if (execution.kind !== 'read') return;
      read.push(expected.file);
      const [part] = execution.parts;
      const { atSite, convention, scale } = part!;
      // As the loss has them: with what all of them are multiplied by.
      const times =
        execution.form === 'sigmoid' ? 1 : scale === 'perClass' ? 1 / (atSite?.classes ?? 1) : scale;
      const asHere = (value: number | null | undefined) =>
        typeof value === 'number' ? value * times : value;
      if (expected.convention !== undefined) expect(convention).toBe(expected.convention);
      expect(near(asHere(atSite?.on), expected.on), `on ${atSite?.on}`).toBe(true);
      expect(near(asHere(atSite?.off), expected.off), `off ${atSite?.off}`).toBe(true);
      expect(near(asHere(atSite?.sum), expected.mass), `sum ${atSite?.sum}`).toBe(true);
      expect(near(execution.floor, expected.floor), `floor ${execution.floor}`).toBe(true);
      if (expected.floor === 'not known') expect(execution.floor).toBeNull();
      const form = FORMS[expected.form ?? ''];
      if (form && execution.what === 'loss') expect(execution.form).toBe(form);
      if (expected.form === 'focal') expect(execution.focal).toBe(true);
      if (expected.floors)
        expect(execution.floors?.every((floor, i) => near(floor, expected.floors![i]))).toBe(true);
    });
  }

  it('are read, most of them', () => {
    expect(CALLS.length).toBeGreaterThan(50);
    expect(read.length / CALLS.length).toBeGreaterThan(0.85);
  });
});
