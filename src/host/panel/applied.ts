import { l10n } from 'vscode';
import { convertAlpha } from '../../loss/conventions.ts';
import type { AppliedAlpha, ConfigSnapshot } from '../../protocol/panel.ts';

/**
 * The α of a configuration, as the panel takes it for logits of K classes. Undefined if it isn't known, or means what no α of a
 * softmax over all classes does.
 */
export function appliedAlpha(config: ConfigSnapshot, classes: number): AppliedAlpha | undefined {
  const { convention, labelSmoothing, name, source } = config;
  if (labelSmoothing === null) return undefined;
  const converted = convertAlpha(convention, 'UNIFORM_K', labelSmoothing, classes);
  if (!converted?.sameLoss || !(converted.alpha >= 0 && converted.alpha <= 1)) return undefined;
  return {
    id: crypto.randomUUID(),
    labelSmoothing: converted.alpha,
    from: l10n.t('{0}, line {1} of {2}', name, source.line + 1, source.name),
  };
}
