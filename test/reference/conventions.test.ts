import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CONVENTION_NAMES,
  type ConventionName,
  convertAlpha,
} from '../../src/loss/conventions/conventions.ts';
import { smoothingOf, valuesOf } from '../../src/loss/conventions/smoothing.ts';

/** What the sources of the frameworks say, as formulas in a and K; remarks come after a semicolon. */
interface Formulas {
  readonly on: string;
  readonly off: string;
  readonly to_UNIFORM_K: string;
}

const { conventions } = JSON.parse(readFileSync(new URL('conventions.json', import.meta.url), 'utf8')) as {
  conventions: Record<ConventionName, Formulas>;
};

function evaluate(formula: string, a: number, classes: number): number {
  const expression = formula.split(/;| \(/)[0]!;
  return new Function('a', 'K', `return ${expression}`)(a, classes) as number;
}

const POINTS: readonly (readonly [number, number])[] = [
  [0.1, 3],
  [0.2, 10],
  [0.1, 1000],
  [0.3, 32000],
];

describe('conventions are what the frameworks’ sources say', () => {
  it('has all of them', () => expect(Object.keys(conventions).sort()).toEqual([...CONVENTION_NAMES].sort()));

  it.each(CONVENTION_NAMES)('%s: on and off', (name) => {
    const formulas = conventions[name];
    for (const [a, classes] of POINTS) {
      const { on, off } = valuesOf(
        smoothingOf({ convention: name, labelSmoothing: a, ignoreIndex: 0 }, classes),
      );
      expect(on).toBeCloseTo(evaluate(formulas.on, a, classes), 14);
      expect(off).toBeCloseTo(evaluate(formulas.off, a, classes), 14);
    }
  });

  it.each(['UNIFORM_OTHERS', 'ADDITIVE_RENORM'] as const)('%s: the same in UNIFORM_K', (name) => {
    for (const [a, classes] of POINTS) {
      const expected = evaluate(conventions[name].to_UNIFORM_K, a, classes);
      expect(convertAlpha(name, 'UNIFORM_K', a, classes)?.alpha).toBeCloseTo(expected, 14);
    }
  });
});
