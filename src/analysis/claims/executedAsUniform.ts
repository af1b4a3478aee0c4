import type { ConventionName } from '../../loss/conventions/conventions.ts';
import type { LossForm } from '../../loss/lossSpec.ts';
import { specFiguresOf } from '../../loss/theory/specFigures.ts';
import type { LossConfig } from '../lossConfig.ts';
import type { ExecutedFigures } from './executedLoss.ts';
import type { Effect } from './smoothingEffect.ts';

/** Targets that no convention has, in terms of one: u = K·off/S of UNIFORM_K has the same, divided by their sum S. */
export interface AsUniform {
  /** u */
  readonly alpha: number;
  /** S: the loss is so many times that of u. */
  readonly times: number;
  /** What is added to that, nats, as where a divergence is of targets with another sum; null where class weights are in the way. */
  readonly plus: number | null;
}

/** Further off than figures are rounded. */
const TOLERANCE = 1e-6;

/** Null where it isn't so: of sigmoids, of focal losses, without K. `form` is that of the loss it's compared with. */
export function executedAsUniform(
  { form: own }: LossConfig,
  { targets, classes: ran, floor }: ExecutedFigures,
  classes: number | null,
  form: LossForm,
): AsUniform | null {
  if (!targets || classes === null || ran !== classes || own === 'sigmoid' || own === 'focal') return null;
  const { off, sum } = targets;
  const alpha = Number(((classes * off) / sum).toPrecision(12));
  if (!(alpha >= 0 && alpha <= 1 && sum > 0)) return null;
  if (floor === null) return { alpha, times: sum, plus: null };
  const plus = floor - sum * specFiguresOf('UNIFORM_K', alpha, classes, form).floor;
  return { alpha, times: sum, plus: Math.abs(plus) < TOLERANCE ? 0 : plus };
}

/** The convention and α with which a loss of a framework is this loss; null where none is. */
export function sameLoss(
  config: LossConfig,
  effect: Effect,
  classes: number | null,
  form: LossForm,
): { readonly convention: ConventionName; readonly alpha: number } | null {
  if (effect.kind === 'smoothed') return config.form === 'sum' ? null : effect;
  if (effect.kind !== 'executed') return null;
  const same = executedAsUniform(config, effect.figures, classes, form);
  const isIt = same && Math.abs(same.times - 1) < TOLERANCE && same.plus === 0;
  return isIt ? { convention: 'UNIFORM_K', alpha: same.alpha } : null;
}
