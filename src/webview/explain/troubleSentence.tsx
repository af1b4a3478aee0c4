import * as l10n from '@vscode/l10n';
import type { BatchSummary, RowDetail } from '../../protocol/engineChannel.ts';
import { bound, count } from '../../words/numberFormat.ts';
import { useAsked } from '../state/askedQuestions.ts';
import { viewKeyOf } from '../state/engineAnswers.ts';
import type { TroubleProps } from '../state/lateParts.ts';
import { usePage } from '../state/page.ts';
import type { Trouble } from '../state/panelTrouble.ts';
import { decimalsText } from '../widgets/precision.tsx';

/** What is wrong with the loss, for who sees it. */
export function TroubleSentence({ trouble, snapshot }: TroubleProps) {
  const { host, answers } = usePage();
  const { summary, revision } = snapshot;
  const row =
    trouble.because === 'not-a-number' && summary.holds === 'logits' && summary.kind !== 'probabilities'
      ? trouble.row
      : undefined;
  const { asked } = useAsked(
    answers.troubledRow,
    row === undefined ? undefined : `${viewKeyOf(snapshot)}:${row}`,
    () => host.row(revision, row!),
  );
  // Who hears it should hear it once: it isn't said before it's known what is wrong with the row.
  if (row !== undefined && asked.state === 'pending') return null;
  return <>{troubleWords(trouble, summary, asked.state === 'answered' ? asked.value : undefined)}</>;
}

/** What of a row's logits leaves no number; undefined if it's none of them. */
function brokenLogit({ logits }: Pick<RowDetail, 'logits'>): 'NaN' | '+∞' | '−∞' | 'all −∞' | undefined {
  if (logits.some(Number.isNaN)) return 'NaN';
  if (logits.includes(Number.POSITIVE_INFINITY)) return '+∞';
  if (logits.every((z) => z === Number.NEGATIVE_INFINITY)) return 'all −∞';
  return logits.includes(Number.NEGATIVE_INFINITY) ? '−∞' : undefined;
}

function notANumberWords(row: number, detail: Pick<RowDetail, 'logits'> | undefined): string {
  const broken = detail && brokenLogit(detail);
  if (broken === 'all −∞') return l10n.t('Row {0} has only logits of −∞, so the whole loss is NaN.', row);
  if (broken) return l10n.t('Row {0} has a logit of {1}, so the whole loss is NaN.', row, broken);
  return l10n.t(
    'Row {0} is the first with a logit of NaN or +∞, or with only logits of −∞, so the whole loss is NaN.',
    row,
  );
}

/**
 * Why a loss isn't a number to work with, in words: of probabilities that were printed it may be the digits that are missing. `detail`
 * is that of the row it's about, if it's known.
 */
export function troubleWords(
  trouble: Trouble,
  { kind, decimals, rounding }: Pick<BatchSummary, 'kind' | 'decimals' | 'rounding'>,
  detail?: Pick<RowDetail, 'logits'>,
): string {
  const areProbabilities = kind === 'probabilities';
  const wasPrinted = areProbabilities && rounding > 0;
  const digits = decimalsText(decimals);
  switch (trouble.because) {
    case 'ignored':
      return l10n.t('Every row is ignored, so the mean is 0/0. Change the ignored target or the targets.');
    case 'weightless':
      return l10n.t('All targets have weight 0, so the mean is 0/0.');
    case 'some-not-a-number':
      return l10n.t(
        'Rows with a logit of NaN or +∞, or only logits of −∞, make the whole loss NaN: {0}.',
        count(trouble.rows),
      );
    case 'some-zero-of-infinity':
      return l10n.t(
        'Some class or target has a probability of 0, so its loss is infinite. That is multiplied by 0, so the whole loss is NaN, as in PyTorch.',
      );
    case 'some-nothing-elsewhere':
      return l10n.t(
        'Some row has a logit of −∞. Smoothing gives that class a share of the target, so the loss is infinite; at α = 0 it isn’t.',
      );
    case 'some-nothing-for-target':
      return l10n.t('Some row gives its target a probability of 0, so the loss is infinite.');
    case 'not-a-number':
      return areProbabilities
        ? l10n.t(
            'Row {0} is the first with a probability that is NaN, infinite or below 0, so the whole loss is NaN.',
            trouble.row,
          )
        : notANumberWords(trouble.row, detail);
    case 'zero-of-infinity':
      return l10n.t(
        'Row {0} gives its target a probability of 0, so its loss is infinite. α = 1 multiplies that by 0, so the whole loss is NaN, as in PyTorch.',
        trouble.row,
      );
    case 'nothing-elsewhere':
      if (wasPrinted)
        return l10n.t(
          'Row {0} has a probability printed as 0; with {1}, that can be anything up to {2}. Smoothing gives that class a share of the target, so a probability of exactly 0 makes the loss infinite. Print the logits, or more digits.',
          trouble.row,
          digits,
          bound(rounding),
        );
      return areProbabilities
        ? l10n.t(
            'Row {0} has a probability of 0. Smoothing gives that class a share of the target, so the loss is infinite; at α = 0 it isn’t. If the value was rounded to 0, use the logits, or more digits.',
            trouble.row,
          )
        : l10n.t(
            'Row {0} has a logit of −∞. Smoothing gives that class a share of the target, so the loss is infinite; at α = 0 it isn’t.',
            trouble.row,
          );
    case 'nothing-for-target':
      if (wasPrinted)
        return l10n.t(
          'In row {0} the probability of the target was printed as 0; with {1}, that can be anything up to {2}. A probability of exactly 0 makes the loss infinite. Print the logits, or more digits.',
          trouble.row,
          digits,
          bound(rounding),
        );
      return areProbabilities
        ? l10n.t(
            'Row {0} gives its target a probability of 0, so the loss is infinite. If the value was rounded to 0, use the logits, or more digits.',
            trouble.row,
          )
        : l10n.t('Row {0} gives its target a probability of 0, so the loss is infinite.', trouble.row);
  }
}
