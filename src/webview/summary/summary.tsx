import * as l10n from '@vscode/l10n';
import { useId } from 'preact/hooks';
import type { BatchFigures } from '../../loss/batch/batchFigures.ts';
import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import { overflowsFloat32 } from '../../loss/batch/reduction.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, nats } from '../../words/numberFormat.ts';
import type { Awaited } from '../state/engineAnswers.ts';
import { useSettled } from '../state/hooks.ts';
import { lazy } from '../state/lazy.tsx';
import { troubleOf } from '../state/panelTrouble.ts';
import { Awaiting } from '../widgets/awaiting.tsx';
import { exactLoss } from '../widgets/figure.tsx';
import { Fold } from '../widgets/fold.tsx';
import { Precision } from '../widgets/precision.tsx';
import { Sentence } from '../widgets/sentence.tsx';
import { LossParts, type ShownParts } from './lossParts.tsx';
import { lossRange, type Measured, printedError } from './measuredRows.ts';

const Explanation = lazy((page) => page.loadLate().then((late) => late.Explanation));
const TroubleSentence = lazy((page) => page.loadLate().then((late) => late.TroubleSentence));

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  /** The floors, if they're asked for. */
  readonly awaited: Awaited<Float64Array> | undefined;
  readonly figures: BatchFigures;
  readonly parts: ShownParts;
  readonly spec: PanelSpec;
  readonly terms: LossTerms;
  /** How the loss comes about is shown, too. */
  readonly open: boolean;
  readonly toggle: () => void;
}

/** The loss, and what it's the sum of; the formulas that make it are folded away. */
export function Summary(props: Props) {
  const { snapshot, measured, awaited, figures, parts, spec, terms, open, toggle } = props;
  const { loss } = figures;
  const { reduction } = spec;
  const { smoothing } = terms;
  const isPending = awaited?.asked.state === 'pending';
  const range = reduction === 'none' ? lossRange(measured, terms) : undefined;
  const announced = useSettled(
    parts.floor === undefined || parts.excess === undefined
      ? l10n.t('Loss {0} nats', parts.loss)
      : l10n.t('Loss {0} nats: floor {1}, excess {2}', parts.loss, parts.floor, parts.excess),
  );
  const trouble = troubleOf(measured, terms, loss);
  const id = useId();
  const { summary } = snapshot;
  const precision = (summary.decimals > 0 || summary.rounding > 0) && (
    <Precision summary={summary} error={printedError(measured, summary, spec)} />
  );
  return (
    <section class="summary" aria-label={l10n.t('Loss')}>
      <p class="loss">
        <Sentence
          text={lossWords(reduction, measured, range !== undefined)}
          parts={{
            loss: (
              <output aria-live="off" data-figure="loss" data-exact={loss} title={exactLoss(loss)}>
                {parts.loss}
              </output>
            ),
            rows: count(measured.totals.counted),
            low: range && nats(range[0]),
            high: range && nats(range[1]),
          }}
        />
        {summary.rounding > 0 && precision}
      </p>
      <span class="unseen" role="status">
        {announced}
      </span>
      <div class="parts">
        <LossParts figures={figures} shown={parts} isPending={isPending} />{' '}
        <Fold name={l10n.t('Explain')} controls={id} open={open} toggle={toggle} control="explain" />
      </div>
      {awaited && awaited.asked.state !== 'answered' && (
        <Awaiting {...awaited} asked={awaited.asked} label={l10n.t('Computing the floor of each row')} />
      )}
      <div id={id} class="explained" hidden={!open}>
        {open && (
          <Explanation
            measured={measured}
            figures={figures}
            spec={spec}
            smoothing={smoothing}
            soft={snapshot.stats.targets === 'soft'}
          >
            {summary.rounding === 0 && precision}
          </Explanation>
        )}
      </div>
      {trouble && (
        <p class="problem" role="alert">
          <TroubleSentence trouble={trouble} snapshot={snapshot} />
        </p>
      )}
      {overflowsFloat32(measured.totals, smoothing) && (
        <p class="says" data-says="beyond-float32">
          {l10n.t(
            'In float32, PyTorch’s sums for this loss overflow (above 3.4 × 10³⁸). The figures here are computed in float64.',
          )}
        </p>
      )}
    </section>
  );
}

function lossWords(
  reduction: PanelSpec['reduction'],
  { totals, weight }: Measured,
  withRange: boolean,
): string {
  if (totals.counted === 1) return l10n.t('{loss} nats: the loss of one row');
  if (reduction === 'sum') return l10n.t('{loss} nats: the sum of the losses of {rows} rows');
  if (weight)
    return withRange
      ? l10n.t('{loss} nats: the weighted mean loss of {rows} rows, which range from {low} to {high}')
      : l10n.t('{loss} nats: the weighted mean loss of {rows} rows');
  return withRange
    ? l10n.t('{loss} nats: the mean loss of {rows} rows, which range from {low} to {high}')
    : l10n.t('{loss} nats: the mean loss of {rows} rows');
}
