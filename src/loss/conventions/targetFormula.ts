import type { ConventionName } from './conventions.ts';

/** The target of the true class and of another one, as a formula of these symbols or numbers: "1 − α + α/K" and "α/K". */
export function targetFormula(
  convention: ConventionName,
  alpha: string,
  classes: string,
): readonly [on: string, off: string] {
  switch (convention) {
    case 'UNIFORM_K':
    case 'BINARY_UNIFORM_K':
      return [`1 − ${alpha} + ${alpha}/${classes}`, `${alpha}/${classes}`];
    case 'UNIFORM_OTHERS':
      return [`1 − ${alpha}`, `${alpha}/(${classes} − 1)`];
    case 'PAD_EXCLUDED':
      return [`1 − ${alpha}`, `${alpha}/(${classes} − 2)`];
    case 'ADDITIVE_RENORM':
      return [`(1 + ${alpha}/${classes})/(1 + ${alpha})`, `(${alpha}/${classes})/(1 + ${alpha})`];
    case 'BINARY_HALF':
      return [`1 − ${alpha}/2`, `${alpha}/2`];
    case 'BINARY_FULL':
      return [`1 − ${alpha}`, alpha];
  }
}
