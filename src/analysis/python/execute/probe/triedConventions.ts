import {
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
} from '../../../../loss/conventions/conventions.ts';
import { smoothingOf, valuesOf } from '../../../../loss/conventions/smoothing.ts';
import type { Figures } from '../execution.ts';
import { near } from './forms.ts';

/** Targets at one α and K, and whether a class is left out. */
export interface Tried {
  readonly alpha: number;
  readonly classes: number;
  readonly on: number;
  readonly off: number;
  readonly isPadded: boolean;
}

export interface Named {
  readonly convention: ConventionName;
  readonly alphaIs: 'parameter' | 'oneMinus' | { readonly fixed: number };
}

/**
 * The convention all of these targets are of, with what the parameter is to it. Null if there's none, or more than one.
 * `written` tells whether the definition, or what it's given, has a number.
 */
export function conventionTried(
  tried: readonly Tried[],
  isSigmoid: boolean,
  written: (alpha: number) => boolean,
): Named | null {
  const possible = CONVENTION_NAMES.filter(
    (name) => (CONVENTIONS[name].activation === 'sigmoid') === isSigmoid,
  );
  const found = possible.flatMap((convention): Named[] => {
    if (tried.every((each) => fits(convention, each.alpha, each)))
      return [{ convention, alphaIs: 'parameter' }];
    if (tried.every((each) => fits(convention, 1 - each.alpha, each)))
      return [{ convention, alphaIs: 'oneMinus' }];
    const fixed = fixedAlpha(convention, tried);
    return fixed === undefined ? [] : [{ convention, alphaIs: { fixed } }];
  });
  // α given as a parameter says more than an α that would do.
  const best = found.filter(({ alphaIs }) => alphaIs === 'parameter');
  // An α of its own would be another in another convention: it's the one that is written there.
  const own = found.filter(({ alphaIs }) => typeof alphaIs === 'object' && written(alphaIs.fixed));
  const left = best.length > 0 ? best : own.length > 0 ? own : found;
  return left.length === 1 ? left[0]! : null;
}

function fits(convention: ConventionName, alpha: number, { classes, on, off, isPadded }: Tried): boolean {
  const { padded } = CONVENTIONS[convention];
  if (padded !== isPadded || classes < (padded ? 3 : 2)) return false;
  const values = valuesOf(smoothingOf({ convention, labelSmoothing: alpha, ignoreIndex: -100 }, classes));
  return near(values.on, on) && near(values.off, off);
}

/** The one α that gives the targets of every K, whatever the parameter is. */
function fixedAlpha(convention: ConventionName, tried: readonly Tried[]): number | undefined {
  const [first] = tried;
  // With one K alone another convention would do with another α.
  if (!first || new Set(tried.map(({ classes }) => classes)).size < 2) return undefined;
  const { among, measure } = CONVENTIONS[convention];
  const alpha = measure.fromUniform(1 - first.on + first.off, among(first.classes));
  if (!(alpha > 1e-9)) return undefined;
  return tried.every((each) => fits(convention, alpha, each)) ? round(alpha) : undefined;
}

/** Without what rounding added, and what keeps a divisor from being 0: α is written with a few digits. */
export function round(x: number): number {
  const short = Number(x.toPrecision(6));
  return Math.abs(x - short) <= 2e-8 * Math.abs(x) ? short : Number(x.toPrecision(9));
}

export function withoutRounding(x: number): number {
  return Math.abs(x) < 1e-12 ? 0 : round(x);
}

export function roundedFigures(figures: Figures): Figures {
  const { alpha, classes, on, off, sum, floor } = figures;
  return {
    alpha,
    classes,
    on: round(on),
    off: round(off),
    sum: sum === null ? null : round(sum),
    floor: floor === null ? null : withoutRounding(floor),
  };
}
