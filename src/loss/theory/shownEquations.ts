import type { ConventionName } from '../conventions/conventions.ts';
import type { Smoothing } from '../conventions/smoothing.ts';
import { targetFormula } from '../conventions/targetFormula.ts';
import { specFiguresOf } from './specFigures.ts';

/** A formula with numbers in it, and its value: true as it stands, for who types what is on the left into a calculator. */
export interface Equation {
  readonly left: string;
  /** `=` if `right` has all digits there are. */
  readonly sign: '=' | '≈';
  readonly right: string;
}

/** Digits that say something: at least so many unless there are fewer, and at most so many of a value that ends there. */
const LEAST = 4;
const MOST_EXACT = 7;
/** α and class counts come to no more than binary fractions hold. */
const MOST = 15;

/** Numbers as people write them, with a typographic minus. */
function written(value: number): string {
  return String(value).replaceAll('-', '−');
}

/**
 * The smoothed targets of the true class and of another one: `1 − 0.1 + 0.1/1000 = 0.9001` and `0.1/1000 = 0.0001`. What the true
 * class gets back from what is shared shows in its value, however little it is. Without another class (`Figures.alone`) there is no
 * formula: 1 and 0.
 */
export function shownTargets(
  convention: ConventionName,
  alpha: number,
  classes: number,
): { readonly on: Equation; readonly off: Equation } {
  // What a slider or a conversion adds to α in binary fractions nobody has written.
  const shown = Number(alpha.toPrecision(12));
  const { on, off, alone } = specFiguresOf(convention, shown, classes, 'ce');
  if (alone) return { on: { left: '1', sign: '=', right: '1' }, off: { left: '0', sign: '=', right: '0' } };
  const [ofTrue, ofOther] = targetFormula(convention, written(shown), String(classes));
  const denominator = classes * 10 ** decimalsOf(shown);
  return { on: equation(ofTrue, on, denominator, off), off: equation(ofOther, off, denominator) };
}

/**
 * The smoothed target of a row with a soft target y: on the left `(1 − 0.1)·y + 0.1/3`, on the right what y is multiplied by and what
 * every class gets.
 */
export function shownMixture({ uniform, among }: Pick<Smoothing, 'uniform' | 'among'>): Omit<
  Equation,
  'right'
> & {
  readonly kept: string;
  readonly each: string;
} {
  const exact = rounded(uniform, 12);
  const u = rounded(uniform, decimalsOf(exact) > MOST_EXACT ? LEAST : 12);
  const kept = Number((1 - u).toFixed(decimalsOf(u)));
  const each = equation(`${written(u)}/${among}`, u / among, among * 10 ** decimalsOf(u));
  const left = `(1 − ${written(u)})·y + ${each.left}`;
  return { left, sign: u === exact ? each.sign : '≈', kept: written(kept), each: each.right };
}

/** `ln(0.9333/0.03333) ≈ 3.3322`: with as many digits of both as it takes for their logarithm to be the one that is shown. */
export function shownLogRatio(over: number, under: number, decimals: number): Equation {
  const value = Math.log(over / under);
  if (!Number.isFinite(value))
    return { left: `ln(${over}/${under})`, sign: '=', right: value > 0 ? '∞' : '−∞' };
  const right = value.toFixed(decimals);
  for (let digits = LEAST; ; digits++) {
    const [a, b] = [rounded(over, digits), rounded(under, digits)];
    if (digits < MOST && Math.log(a / b).toFixed(decimals) !== right) continue;
    return logEquation(`ln(${written(a)}/${written(b)})`, Number(right), decimals);
  }
}

/** `ln 10 ≈ 2.3026` */
export function shownLog(of: number, decimals: number): Equation {
  return logEquation(`ln ${written(of)}`, Math.log(of), decimals);
}

/** No logarithm of a fraction but that of 1 has an end. */
function logEquation(left: string, value: number, decimals: number): Equation {
  return { left, sign: value === 0 ? '=' : '≈', right: value.toFixed(decimals).replaceAll('-', '−') };
}

/**
 * The value of a fraction with this denominator, or up to twice as large a one. `part` is the smallest term of a sum on the left: its
 * value is rounded to a twentieth of that at most, and known to the last binary digits of 1, those of anything else to its own.
 */
function equation(left: string, value: number, denominator: number, part?: number): Equation {
  const error = 4 * Number.EPSILON * (part === undefined ? value : 1);
  for (let digits = 1; digits <= MOST_EXACT; digits++) {
    const right = rounded(value, digits);
    // Two fractions that aren't the same are apart by 1 by the product of their denominators, at least.
    const apart = 1 / (2 * denominator * 10 ** decimalsOf(right));
    if (Math.abs(right - value) <= error && apart > 4 * error)
      return { left, sign: '=', right: written(right) };
  }
  let digits = LEAST;
  while (part !== undefined && digits < MOST && unitOf(value, digits) > part / 20) digits++;
  while (digits > 1 && unitOf(value, digits) < 16 * error) digits--;
  return { left, sign: '≈', right: written(rounded(value, digits)) };
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** The value of the last of so many digits. */
function unitOf(value: number, digits: number): number {
  return 10 ** (Math.floor(Math.log10(value)) + 1 - digits);
}

/** How many decimals a number is written with. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(exponent));
}
