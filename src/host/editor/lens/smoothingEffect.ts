import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { type AlphaRange, type Outside, UNKNOWN_RANGE } from '../../../frameworks/acceptedAlpha.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';

/** What a configuration does to targets, as far as it's known. */
export type Effect =
  /** It has no label smoothing, or something else under that name. */
  | { readonly kind: 'other'; readonly instead: 'fixed' | 'focal' | 'preference' }
  /** α isn't known here; `text` is how it is written. */
  | { readonly kind: 'unknown'; readonly text: string }
  /** The callee has no such argument, in any release: the call raises TypeError, and smooths nothing. */
  | { readonly kind: 'no-argument'; readonly argument: string }
  /** α is outside of what the API takes, which raises an error or does nobody knows what. */
  | { readonly kind: 'refused'; readonly alpha: number; readonly does: Outside; readonly range: AlphaRange }
  | { readonly kind: 'hard' }
  /** Nobody can tell what α means: a key that frameworks of several conventions share. */
  | { readonly kind: 'ambiguous'; readonly alpha: number }
  | { readonly kind: 'smoothed'; readonly alpha: number; readonly convention: ConventionName };

/** Problems are told from findings, too: what a lens says and what is said of the same configuration as a problem agree. */
export function effectOf({ entry, alpha, convention, findings }: LossConfig): Effect {
  const missing = findings.find((finding) => finding.rule === 'no-such-argument');
  if (missing?.since === null) return { kind: 'no-argument', argument: missing.argument };
  const instead = entry?.instead;
  if (instead !== undefined && instead !== 'nothing') return { kind: 'other', instead };
  const { value } = alpha;
  if (value === undefined)
    return alpha.text === null ? { kind: 'hard' } : { kind: 'unknown', text: alpha.text };
  const outside = findings.find((finding) => finding.rule === 'alpha-range');
  if (outside && outside.does !== 'off')
    return { kind: 'refused', alpha: value, does: outside.does, range: outside.range };
  if (value === 0 || instead === 'nothing' || outside) return { kind: 'hard' };
  if (!(value > 0 && value <= 1))
    return { kind: 'refused', alpha: value, does: 'unknown', range: UNKNOWN_RANGE };
  if (convention === null) return { kind: 'ambiguous', alpha: value };
  return { kind: 'smoothed', alpha: value, convention };
}
