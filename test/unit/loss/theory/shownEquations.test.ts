import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
} from '../../../../src/loss/conventions/conventions.ts';
import { MOST_CLASSES } from '../../../../src/loss/conventions/smoothing.ts';
import {
  type Equation,
  shownLog,
  shownLogRatio,
  shownMixture,
  shownTargets,
} from '../../../../src/loss/theory/shownEquations.ts';
import { specFiguresOf } from '../../../../src/loss/theory/specFigures.ts';
import { exactly, type Fraction, minus } from '../arithmetic.ts';

const text = ({ left, sign, right }: Equation) => `${left} ${sign} ${right}`;

const conventions = fc.constantFrom(...CONVENTION_NAMES);
const alphas = fc.oneof(
  fc.integer({ min: 1, max: 999 }).map((n) => n / 1000),
  fc.double({ min: 1e-6, max: 1, noNaN: true, maxExcluded: true }),
);
const classes = fc.oneof(
  fc.integer({ min: 3, max: 50 }),
  fc.constantFrom(100, 1000, 1001, 21_843, 32_000, 50_257, MOST_CLASSES),
  fc.integer({ min: 3, max: MOST_CLASSES }),
);

/** How far a rounded number may be from what it stands for: half of its last digit. */
function halfUnit(shown: string): Fraction {
  const [mantissa = '', exponent = '0'] = shown.replaceAll('−', '-').split('e');
  const decimals = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  // And what doubles may be off by where a value lies halfway between two.
  const [half, doubt] = [`5/1${'0'.repeat(Math.max(0, decimals) + 1)}`, '0.000000000000001'];
  return exactly(`${half} + ${doubt}`);
}

const size = ([n, d]: Fraction): Fraction => (n < 0n !== d < 0n ? [-n, d] : [n, d]);
const isAtMost = ([a, b]: Fraction, [c, d]: Fraction) => a * d <= c * b;

function expectTrue(equation: Equation): void {
  const error = size(minus(exactly(equation.left), exactly(equation.right)));
  if (equation.sign === '=') expect(error[0], text(equation)).toBe(0n);
  else expect(isAtMost(error, halfUnit(equation.right)), text(equation)).toBe(true);
}

describe('arithmetic that is shown', () => {
  it.each<[ConventionName, number, number, string, string]>([
    ['UNIFORM_K', 0.1, 1000, '1 − 0.1 + 0.1/1000 = 0.9001', '0.1/1000 = 0.0001'],
    ['UNIFORM_K', 0.1, 5, '1 − 0.1 + 0.1/5 = 0.92', '0.1/5 = 0.02'],
    ['UNIFORM_K', 0.1, 3, '1 − 0.1 + 0.1/3 ≈ 0.9333', '0.1/3 ≈ 0.03333'],
    ['UNIFORM_K', 0.1, 32_000, '1 − 0.1 + 0.1/32000 ≈ 0.9000031', '0.1/32000 = 0.000003125'],
    [
      'UNIFORM_K',
      0.1,
      MOST_CLASSES,
      '1 − 0.1 + 0.1/2147483647 ≈ 0.900000000047',
      '0.1/2147483647 ≈ 4.657e−11',
    ],
    ['UNIFORM_OTHERS', 0.1, 5, '1 − 0.1 = 0.9', '0.1/(5 − 1) = 0.025'],
    ['BINARY_FULL', 0.1, 2, '1 − 0.1 = 0.9', '0.1 = 0.1'],
    ['UNIFORM_K', 0.1 + 0.2, 2, '1 − 0.3 + 0.3/2 = 0.85', '0.3/2 = 0.15'],
  ])('%s, α = %d, K = %d', (convention, alpha, count, on, off) => {
    const shown = shownTargets(convention, alpha, count);
    expect([text(shown.on), text(shown.off)]).toEqual([on, off]);
  });

  it('is true to its last digit: targets', () => {
    fc.assert(
      fc.property(conventions, alphas, classes, (convention, alpha, count) => {
        const { on, off } = shownTargets(convention, alpha, count);
        expectTrue(on);
        expectTrue(off);
      }),
      { numRuns: 5000 },
    );
  });

  it('has the share that the true class gets back in its value', () => {
    const sharing = CONVENTION_NAMES.filter((name) => CONVENTIONS[name].among(10) === 10);
    fc.assert(
      fc.property(
        fc.constantFrom(...sharing),
        fc.integer({ min: 1, max: 999 }),
        classes,
        (name, a, count) => {
          const { on } = shownTargets(name, a / 1000, count);
          // A tenth of a share is seen, at least.
          const { on: value, off } = specFiguresOf(name, a / 1000, count, 'ce');
          expect(Math.abs(Number(on.right.replaceAll('−', '-')) - value)).toBeLessThan(off / 10);
        },
      ),
    );
  });

  it('is true to its last digit: logarithms', () => {
    fc.assert(
      fc.property(
        conventions,
        alphas,
        classes,
        fc.integer({ min: 2, max: 6 }),
        (name, alpha, count, decimals) => {
          const { on, off, gap, smoothing } = specFiguresOf(name, alpha, count, 'ce');
          const softmax = smoothing.activation === 'softmax';
          if (on === 0) {
            // All of α = 1 is the others'.
            expect(shownLogRatio(on, off, decimals).right).toBe('−∞');
            expect(gap).toBe(Number.NEGATIVE_INFINITY);
            return;
          }
          for (const equation of [
            shownLogRatio(on, softmax ? off : 1 - on, decimals),
            shownLog(smoothing.among, decimals),
          ]) {
            const [, over = '', under = '1'] = /^ln \(?([^/)]+)(?:\/([^)]+)\))?$/.exec(
              equation.left.replace('ln(', 'ln (').replaceAll('−', '-'),
            ) ?? ['', ''];
            const value = Math.log(Number(over) / Number(under));
            const error = Math.abs(value - Number(equation.right.replaceAll('−', '-')));
            expect(error, text(equation)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-12);
          }
          const shown = Number(
            shownLogRatio(on, softmax ? off : 1 - on, decimals).right.replaceAll('−', '-'),
          );
          expect(Math.abs(shown - gap)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-9);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is true to its last digit: what a soft target is multiplied by, and what is added', () => {
    fc.assert(
      fc.property(alphas, classes, (uniform, among) => {
        const { left, sign, kept, each } = shownMixture({ uniform, among });
        const [, factor = '', share = ''] = /^\((.*)\)·y \+ (.*)$/.exec(left) ?? [];
        expectTrue({ left: factor, sign: '=', right: kept });
        expectTrue({ left: share, sign, right: each });
      }),
      { numRuns: 2000 },
    );
    expect(shownMixture({ uniform: 0.1, among: 5 })).toEqual({
      left: '(1 − 0.1)·y + 0.1/5',
      sign: '=',
      kept: '0.9',
      each: '0.02',
    });
  });

  it('has an equals sign where the value is all there is', () => {
    expect(text(shownLog(1, 4))).toBe('ln 1 = 0.0000');
    expect(text(shownLog(5, 4))).toBe('ln 5 ≈ 1.6094');
    expect(text(shownLogRatio(0.92, 0.02, 4))).toBe('ln(0.92/0.02) ≈ 3.8286');
    expect(text(shownLogRatio(0, 0.25, 4))).toBe('ln(0/0.25) = −∞');
  });
});
