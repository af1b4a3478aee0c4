import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import { reducedLoss } from '../../loss/batch/reduction.ts';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, fixedNats, nats, PENDING_TEXT } from '../../words/numberFormat.ts';
import { useTotals } from '../state/engineAnswers.ts';
import { usePage } from '../state/page.ts';
import type { Measured } from '../summary/measuredRows.ts';
import type { WantedSettings } from './wantedSettings.ts';

/** How the numbers are understood, where that isn't the only way. */
export function ValueKindControl({
  snapshot,
  settings: { kind, classAxis },
}: {
  readonly snapshot: PanelSnapshot;
  readonly settings: WantedSettings;
}) {
  const { viewRequest } = usePage();
  const { shape, classAxisFrom, labelling } = snapshot.summary;
  return (
    <>
      <label title={looks(snapshot.summary)}>
        {l10n.t('values')}
        <select
          value={kind}
          data-control="kind"
          onChange={(event) =>
            viewRequest.change(snapshot, { kind: event.currentTarget.value as BatchSummary['kind'] })
          }
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {kindName(each)}
            </option>
          ))}
        </select>
      </label>
      {shape.length > 2 && labelling !== 'binary' && (
        <label title={axisReason(classAxisFrom)}>
          {l10n.t('class axis')}
          <select
            value={classAxis}
            data-control="classAxis"
            onChange={(event) =>
              viewRequest.change(snapshot, { classAxis: Number(event.currentTarget.value) })
            }
          >
            {shape.map((size, axis) => (
              <option key={`${axis}:${size}`} value={axis}>
                {l10n.t('{0} ({1} classes)', axis, count(size))}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

const KINDS = ['logits', 'probabilities', 'log-probabilities'] as const;

export function kindName(kind: BatchSummary['kind']): string {
  if (kind === 'probabilities') return l10n.t('probabilities');
  return kind === 'logits' ? l10n.t('logits') : l10n.t('log-probabilities');
}

function looks({ looksLike, labelling }: BatchSummary): string {
  if (labelling === 'binary' && looksLike === 'logits')
    return l10n.t(
      'One output per row, read as the logit of class 1. If it’s a probability, choose that here.',
    );
  if (looksLike === 'probabilities' && labelling !== 'one-class')
    return l10n.t('All numbers are between 0 and 1, as outputs of sigmoids are');
  switch (looksLike) {
    case 'logits':
      return l10n.t('The rows aren’t probabilities');
    case 'probabilities':
      return l10n.t('The rows look like probabilities: each sums to 1');
    case 'log-probabilities':
      return l10n.t('The rows look like log-probabilities: their exponentials sum to 1');
  }
}

function axisReason(from: PanelSnapshot['summary']['classAxisFrom']): string {
  switch (from) {
    case 'class-count':
      return l10n.t('The only axis whose size is the number of classes');
    case 'targets':
      return l10n.t('The only axis the targets don’t have');
    case 'convention':
      return l10n.t('PyTorch’s default, axis 1: nothing here says otherwise');
    case 'shape':
      return l10n.t('Chosen, or the only possibility');
  }
}

interface LooksProps {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly terms: LossTerms;
  /** As many as the loss above has. */
  readonly decimals: number | undefined;
  /** The figures are of other settings than those that are wanted by now. */
  readonly isBehind: boolean;
}

/** What a loss that expects logits makes of probabilities, and the other way round: a mistake that raises no error. */
export function SoftmaxTwice({ snapshot, measured, spec, terms, decimals, isBehind }: LooksProps) {
  const { kind, looksLike, labelling } = snapshot.summary;
  // Outputs of sigmoids don't sum to 1, and no softmax expects them.
  const isSoftmax = labelling === 'one-class' && looksLike === 'probabilities';
  const asked = !isSoftmax || kind === 'log-probabilities' ? undefined : other(kind);
  const change = useMemo(() => asked && { kind: asked }, [asked]);
  const totals = useTotals(snapshot, change);
  if (!asked) return null;
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

function other(kind: 'logits' | 'probabilities'): BatchSummary['kind'] {
  return kind === 'logits' ? 'probabilities' : 'logits';
}
