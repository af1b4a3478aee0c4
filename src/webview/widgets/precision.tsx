import * as l10n from '@vscode/l10n';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { bound } from '../../words/numberFormat.ts';
import { plural } from '../../words/plural.ts';

interface Props {
  readonly summary: PanelSnapshot['summary'];
  /** Of the loss, in nats; NaN if nothing bounds it. */
  readonly error: number;
}

/** How many digits the logits have, and, if printing has left them that many, what that means for the loss. */
export function Precision({ summary, error }: Props) {
  const { title, text } = precision(summary, error);
  return (
    <span data-figure="precision" title={title}>
      {text}
    </span>
  );
}

/** "4 decimals" */
export function decimalsText(decimals: number): string {
  return plural(decimals, l10n.t('1 decimal'), l10n.t('{0} decimals', decimals));
}

export function precision(
  { decimals, rounding, holds }: Pick<Props['summary'], 'decimals' | 'rounding' | 'holds'>,
  error: number,
): { readonly text: string; readonly title: string } {
  const digits = decimalsText(decimals);
  if (rounding === 0)
    return {
      text: plural(
        decimals,
        l10n.t('The numbers have 1 decimal.'),
        l10n.t('The numbers have {0} decimals.', decimals),
      ),
      title: l10n.t('The loss is about as precise as these numbers'),
    };
  if (holds === 'row-statistics')
    return {
      text: l10n.t('The loss is accurate to ±{0} nats', bound(error)),
      title: l10n.t('The row statistics are float32. Write float64 for a more precise loss.'),
    };
  if (Number.isNaN(error)) {
    return {
      text: digits,
      title: l10n.t(
        'Printing rounded each number by up to {0}. That’s a lot for small probabilities: print logits, or more digits.',
        bound(rounding),
      ),
    };
  }
  return {
    text: l10n.t('Logits printed with {0}: the loss is accurate to ±{1} nats', digits, bound(error)),
    title: l10n.t(
      'Printing rounded each logit by up to {0}, which moves a loss by up to twice that. Print more digits for a more precise loss.',
      bound(rounding),
    ),
  };
}
