import { l10n } from 'vscode';
import { hasFloor } from '../../../analysis/claims/lossClaims.ts';
import type { Effect } from '../../../analysis/claims/smoothingEffect.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { catalogueWords } from '../../../problems/losses/catalogueWords.ts';
import { text } from './hoverMarkdown.ts';

/** What else makes this loss another number. */
export function remarks(config: LossConfig, effect: Effect, isSmoothed: boolean): string {
  const { name, framework, weighted, entry, loss, input } = config;
  const reduction = loss.reduction ?? entry?.reduction;
  const lines = [
    weighted && entry?.weights === 'target'
      ? l10n.t(
          'Class weights multiply the smoothed targets, which changes the floor and the best prediction.',
        )
      : '',
    weighted && effect.kind === 'smoothed' && !hasFloor(config)
      ? l10n.t('No floor is given: with class weights each true class has its own.')
      : '',
    input === 'bounded'
      ? l10n.t(
          'These logits can’t grow without limit: they’re normalized, clamped, or pass through a tanh. How low the loss can go depends on their scale, so no floor is given.',
        )
      : '',
    entry?.focal || entry?.beyond
      ? l10n.t('The loss has terms besides the cross-entropy, so its floor differs.')
      : '',
    reduction === 'sum'
      ? l10n.t('The losses here are per row; {0} sums them over all rows.', text(framework ?? name))
      : '',
    ...catalogueNotes(config, isSmoothed).map(catalogueWords),
  ].filter(Boolean);
  return lines.map((line) => `- ${line}`).join('\n');
}

/** What the catalogue says of the API, less what can't happen here. */
function catalogueNotes({ entry, alpha }: LossConfig, isSmoothed: boolean): readonly string[] {
  if (!entry) return [];
  const isOdd = Number.isNaN(alpha.value) || alpha.text === 'True';
  return [
    entry.versions ?? '',
    (isOdd && entry.oddAlpha) || '',
    ...(entry.notes ?? []),
    ...((isSmoothed && entry.smoothedNotes) || []),
  ].filter(Boolean);
}
