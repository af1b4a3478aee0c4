import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import { rowMass } from '../../loss/conventions/smoothing.ts';
import { surprise } from '../../loss/theory/floors.ts';
import { ignoresClasses, specFiguresOf } from '../../loss/theory/specFigures.ts';
import type { LossConfig, SummedTargets } from '../lossConfig.ts';
import type { ExecutedFigures } from './executedLoss.ts';
import { type Effect, effectOf, trustedConvention } from './smoothingEffect.ts';
import type { TargetValues } from './targetValues.ts';

/** What may be said of a configuration: what isn't known is null, never a guess. */
export interface LossClaims {
  readonly effect: Effect;
  readonly convention: ConventionName | null;
  /** At its α and K. */
  readonly targets: TargetValues | 'soft' | null;
  /** The lowest loss of a row, in nats. */
  readonly floor: number | null;
}

const HARD: TargetValues = { on: 1, off: 0, sum: 1 };

/**
 * What a lens, a hover, the panel and the API for other extensions say of a configuration, so that they say the same. `classes`
 * is K, null where it isn't known.
 */
export function claimsOf(config: LossConfig, classes: number | null): LossClaims {
  const effect = effectOf(config);
  const convention = trustedConvention(config);
  const claims = { effect, convention, targets: null, floor: null };
  switch (effect.kind) {
    case 'hard':
      return { ...claims, ...hardClaims(config) };
    case 'soft':
      // A divergence from a distribution is 0 where it's met; from targets of another sum S it is S ln S.
      return {
        ...claims,
        targets: 'soft',
        floor: config.form === 'kl' && config.labels === 'distribution' ? 0 : null,
      };
    case 'executed':
      return { ...claims, ...executedClaims(config, effect.figures, classes) };
    case 'smoothed':
      return { ...claims, ...smoothedClaims(config, effect.alpha, effect.convention, classes) };
    default:
      return claims;
  }
}

/** True where the loss is a smoothed cross-entropy, a divergence or sigmoids, and nothing besides: its floor follows from α and K. */
export function hasFloor({ entry, form, labels, weighted, input }: LossConfig): boolean {
  const isKnown = form === 'ce' || form === 'kl' || form === 'sigmoid';
  if (!isKnown || labels !== 'hard' || weighted || input !== null) return false;
  return entry?.focal === undefined && entry?.beyond === undefined && entry?.mixes === undefined;
}

/** Of what was run with the K of this place, and with no other. */
function executedClaims(
  { input }: LossConfig,
  { classes: ran, targets, floor }: ExecutedFigures,
  classes: number | null,
): Partial<LossClaims> {
  if (ran !== null && ran !== classes) return {};
  return { targets, floor: input === null ? floor : null };
}

/** A sigmoid's targets are numbers between 0 and 1, whatever they are. */
function hardClaims({ form, input, executed }: LossConfig): Partial<LossClaims> {
  const here = executed?.kind === 'read' ? executed.here : null;
  if (form === null && here?.targets)
    return { targets: here.targets, floor: input === null ? here.floor : null };
  if (form === null || form === 'sum' || form === 'other') return {};
  const hasOther = input !== null && input !== 'masked';
  return form === 'sigmoid' || hasOther ? { targets: HARD } : { targets: HARD, floor: 0 };
}

function smoothedClaims(
  config: LossConfig,
  alpha: number,
  convention: ConventionName,
  classes: number | null,
): Partial<LossClaims> {
  if (config.labels !== 'hard') return { targets: 'soft' };
  if (config.form === 'sum')
    return config.sum && classes !== null ? sumClaims(config.sum, convention, classes) : {};
  const anyClasses = ignoresClasses(convention);
  if (classes === null && !anyClasses) return {};
  const { on, off, floor, smoothing, alone } = specFiguresOf(
    convention,
    alpha,
    classes ?? 2,
    config.entry?.form ?? (config.form === 'kl' ? 'kl' : 'ce'),
  );
  if (alone) return {};
  const sum = CONVENTIONS[convention].activation === 'sigmoid' && anyClasses ? on + off : rowMass(smoothing);
  return { targets: { on, off, sum }, floor: hasFloor(config) ? floor : null };
}

/**
 * Of losses on the same logits the targets add up, and the floor is S·H(q/S) = S ln S − Σ q ln q with their sum S; on different
 * logits the floors do.
 */
function sumClaims(
  { terms, isSameLogits }: SummedTargets,
  convention: ConventionName,
  classes: number,
): Partial<LossClaims> {
  if (CONVENTIONS[convention].activation !== 'softmax' || CONVENTIONS[convention].padded) return {};
  const each = terms.map(({ factor, alpha }) => {
    const figures = specFiguresOf(convention, alpha, classes, 'ce');
    return { ...figures, factor, sum: rowMass(figures.smoothing) };
  });
  if (each.some(({ alone }) => alone)) return {};
  const total = (of: (figures: (typeof each)[number]) => number) =>
    each.reduce((sum, figures) => sum + figures.factor * of(figures), 0);
  if (isSameLogits) {
    const targets = { on: total(({ on }) => on), off: total(({ off }) => off), sum: total(({ sum }) => sum) };
    const { on, off, sum } = targets;
    return { targets, floor: -surprise(sum) + surprise(on) + (classes - 1) * surprise(off) };
  }
  const [{ on, off, sum }] = each as [(typeof each)[number]];
  const isAlike = each.every((figures) => figures.on === on);
  return { targets: isAlike ? { on, off, sum } : null, floor: total(({ floor }) => floor) };
}
