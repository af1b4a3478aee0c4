import { l10n } from 'vscode';
import { plain } from '../../../words/numberFormat.ts';

const LITTLE = 0.02;
const MUCH = 0.3;
/** From here on it's more likely that 1 − α was meant. */
const CONFIDENCE = 0.5;

/** What others use, as docs/learn/typical-values.md has it with its sources, and whether this is far from it. */
export function typical(alpha: number): string {
  const usual = l10n.t(
    'Typical for softmax losses: 0.1 for images and for text; sometimes 0.2 when fine-tuning a large model.',
  );
  const remark = far(alpha);
  return remark ? `${usual} ${remark}` : usual;
}

function far(alpha: number): string | undefined {
  if (alpha >= CONFIDENCE) {
    const instead = plain(1 - alpha);
    return l10n.t(
      '$(warning) {0} is far outside that range. If it’s meant as a confidence, α is {1}.',
      plain(alpha),
      instead,
    );
  }
  if (alpha > MUCH) return l10n.t('$(info) {0} is unusually large.', plain(alpha));
  return alpha < LITTLE ? l10n.t('$(info) {0} hardly changes the targets.', plain(alpha)) : undefined;
}
