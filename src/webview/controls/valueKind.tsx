import * as l10n from '@vscode/l10n';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { count } from '../../words/numberFormat.ts';
import { usePage } from '../state/page.ts';
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

/** True if they may be outputs of a softmax, or were taken for some: a loss that expects logits would take another one. */
export function mayBeSoftmaxTwice({ summary }: Pick<PanelSnapshot, 'summary'>): boolean {
  // Outputs of sigmoids don't sum to 1, and no softmax expects them.
  return (
    summary.labelling === 'one-class' &&
    summary.looksLike === 'probabilities' &&
    summary.kind !== 'log-probabilities'
  );
}
