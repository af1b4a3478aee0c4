import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { reducedLoss } from '../../loss/batch/reduction.ts';
import { fixedNats, nats, PENDING_TEXT } from '../../words/numberFormat.ts';
import { useTotals } from '../state/engineAnswers.ts';
import type { SoftmaxTwiceProps } from '../state/lateParts.ts';

/** What a loss that expects logits makes of probabilities, and the other way round: a mistake that raises no error. */
export function SoftmaxTwice({ snapshot, measured, spec, terms, decimals, isBehind }: SoftmaxTwiceProps) {
  const { kind } = snapshot.summary;
  const change = useMemo(() => ({ kind: kind === 'logits' ? 'probabilities' : 'logits' }) as const, [kind]);
  const totals = useTotals(snapshot, change);
  const overall = spec.reduction === 'sum' ? 'sum' : 'mean';
  const { uniform } = terms.smoothing;
  const here = reducedLoss(measured.totals, uniform, overall);
  const there = totals && reducedLoss(totals, uniform, overall);
  const [logits, probabilities] = kind === 'logits' ? [here, there] : [there, here];
  const text = (loss: number) => (decimals === undefined ? nats(loss) : fixedNats(loss, decimals));
  const words = (loss: number | undefined) => (loss === undefined || isBehind ? PENDING_TEXT : text(loss));
  return (
    <p
      class={kind === 'logits' ? 'says assumed' : 'says'}
      data-figure="twice"
      data-exact={isBehind ? undefined : logits}
      aria-busy={there === undefined || isBehind}
    >
      {l10n.t(
        'These look like softmax outputs, because each row sums to 1, so they’re read as probabilities. PyTorch’s CrossEntropyLoss expects logits: on these values it would return {0} nats instead of {1}. If training passes them to it, remove the softmax.',
        words(logits),
        words(probabilities),
      )}
    </p>
  );
}
