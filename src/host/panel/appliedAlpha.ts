import { l10n } from 'vscode';
import { convertAlpha, sharesRows } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { AppliedAlpha, ConfigSnapshot } from '../../protocol/panelSnapshot.ts';

/**
 * The α of a configuration, as the panel takes it for logits of K classes: as the code reads it, where that's a softmax over all
 * classes, else as PyTorch does. Undefined if it isn't known, or means what no α of such a softmax does. `isWanted`: somebody has
 * just asked for it.
 */
export function appliedAlpha(
  config: ConfigSnapshot,
  classes: number,
  isWanted: boolean,
): AppliedAlpha | undefined {
  const { labelSmoothing, name, source } = config;
  if (labelSmoothing === null) return undefined;
  const usual = DEFAULT_SPEC.convention;
  const convention = sharesRows(config.convention, usual, classes) ? config.convention : usual;
  const converted = convertAlpha(config.convention, convention, labelSmoothing, classes);
  if (!converted?.sameLoss || !(converted.alpha >= 0 && converted.alpha <= 1)) return undefined;
  return {
    id: crypto.randomUUID(),
    convention,
    labelSmoothing: converted.alpha,
    isWanted,
    from: l10n.t('{0}, line {1} of {2}', name, source.line + 1, source.name),
  };
}

/** The next α from code. The same one leaves the control where it was put since; it may be on another line. */
export function nextAlpha(before: AppliedAlpha | null, next: AppliedAlpha): AppliedAlpha {
  if (before?.labelSmoothing !== next.labelSmoothing || before.convention !== next.convention) return next;
  return before.from === next.from ? before : { ...before, from: next.from };
}
