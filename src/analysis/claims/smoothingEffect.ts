import { type AlphaRange, type Outside, UNKNOWN_RANGE } from '../../frameworks/acceptedAlpha.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import type { ConfigAlpha, LossConfig, UnknownAlpha } from '../lossConfig.ts';
import type { ExecutedFigures } from './executedLoss.ts';

/** What a configuration does to targets, as far as it's known. */
export type Effect =
  /** It has no label smoothing, or something else under that name. */
  | { readonly kind: 'other'; readonly instead: 'fixed' | 'focal' | 'preference' }
  /** α isn't known here, for a reason. */
  | { readonly kind: 'unknown'; readonly why: UnknownAlpha }
  /** Whoever calls the code, or starts the program, says α; `alpha` is what it is otherwise, null where there's no default. */
  | { readonly kind: 'callers'; readonly alpha: number | null }
  /** One of these, in the order of the source. */
  | { readonly kind: 'several'; readonly values: readonly number[] }
  /** The callee has no such argument, in any release: the call raises TypeError, and smooths nothing. */
  | { readonly kind: 'no-argument'; readonly argument: string }
  /** α is outside of what the API takes, which raises an error or does nobody knows what. */
  | { readonly kind: 'refused'; readonly alpha: number; readonly does: Outside; readonly range: AlphaRange }
  /** Targets are 1 and 0, by an argument or by a default that is known. */
  | { readonly kind: 'hard' }
  /** Targets are probabilities, which aren't smoothed here. */
  | { readonly kind: 'soft' }
  /** Nobody can tell what α means: a key that frameworks of several conventions share, a loss whose code isn't understood. */
  | { readonly kind: 'ambiguous'; readonly alpha: number }
  | { readonly kind: 'smoothed'; readonly alpha: number; readonly convention: ConventionName }
  /** A hand-written loss that is still to be run. `alpha`: null where it isn't known. */
  | { readonly kind: 'pending'; readonly alpha: number | null }
  /** A hand-written loss does what no convention does; what that is here is known by running it. `alpha`: null where it has none. */
  | { readonly kind: 'executed'; readonly alpha: number | null; readonly figures: ExecutedFigures };

/** Problems are told from findings, too: what a lens says and what is said of the same configuration as a problem agree. */
export function effectOf(config: LossConfig): Effect {
  const { entry, alpha, findings, labels, kind } = config;
  const missing = findings.find((finding) => finding.rule === 'no-such-argument');
  if (missing?.since === null) return { kind: 'no-argument', argument: missing.argument };
  const instead = entry?.instead;
  if (instead !== undefined && instead !== 'nothing') return { kind: 'other', instead };
  const unsmoothed: Effect = { kind: labels === 'hard' ? 'hard' : 'soft' };
  if (instead === 'nothing') return unsmoothed;
  if (alpha.state === 'several') return { kind: 'several', values: alpha.values };
  const { value } = alpha;
  const outside = findings.find((finding) => finding.rule === 'alpha-range');
  if (value !== undefined && outside && outside.does !== 'off')
    return { kind: 'refused', alpha: value, does: outside.does, range: outside.range };
  if (alpha.state === 'callers') return { kind: 'callers', alpha: value ?? null };
  if (config.executed?.kind === 'pending') return { kind: 'pending', alpha: value ?? null };
  const ran = executedEffect(config);
  if (ran) return ran;
  if (value === undefined) return { kind: 'unknown', why: reasonOf(alpha, config.name) };
  // What a function does whose code isn't understood isn't known of 0 either.
  const isUnderstood = config.entry !== null || config.form !== null || kind !== 'call';
  if (value === 0 && !isUnderstood) return { kind: 'ambiguous', alpha: 0 };
  if (value === 0 || outside) return unsmoothed;
  if (!(value > 0 && value <= 1))
    return { kind: 'refused', alpha: value, does: 'unknown', range: UNKNOWN_RANGE };
  const convention = trustedConvention(config);
  if (convention === null || (kind === 'call' && config.form === null))
    return { kind: 'ambiguous', alpha: value };
  return { kind: 'smoothed', alpha: value, convention };
}

/** Of a loss whose targets here are known by running it, and by nothing else. */
function executedEffect(config: LossConfig): Effect | null {
  const { executed, alpha, labels, form } = config;
  if (executed?.kind !== 'read' || !executed.here || labels !== 'hard') return null;
  const { here } = executed;
  if (here.targets === null && here.floor === null && here.floors === null) return null;
  const isPlain =
    trustedConvention(config) !== null &&
    form !== null &&
    form !== 'other' &&
    form !== 'sum' &&
    here.floors === null;
  if (alpha.value !== undefined && (isPlain || (alpha.value === 0 && form !== null))) return null;
  const isHard = here.targets?.on === 1 && here.targets.off === 0;
  return isHard ? { kind: 'hard' } : { kind: 'executed', alpha: alpha.value ?? null, figures: here };
}

/** The convention, unless it's judged by a name or by a pattern alone: what was executed is known, and what will be isn't yet. */
export function trustedConvention({ convention, conventionBy, executed }: LossConfig): ConventionName | null {
  if (executed?.kind === 'pending') return null;
  if (executed?.kind === 'read') return convention;
  return conventionBy === 'name' || conventionBy === 'formula' ? null : convention;
}

function reasonOf({ unknown, text }: ConfigAlpha, name: string): UnknownAlpha {
  return unknown ?? { kind: text === null ? 'callee' : 'value', name: text ?? name, place: null };
}
