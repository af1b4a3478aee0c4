import * as l10n from '@vscode/l10n';
import type { BatchFigures } from '../../loss/batch/batchFigures.ts';
import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import { overflowsFloat32 } from '../../loss/batch/reduction.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, nats, plain } from '../../words/numberFormat.ts';
import { equalsSign, numberIn } from '../../words/readNumber.ts';
import { excessMeaning, floorMeaning } from '../explain/definitions.ts';
import { OptimumSentence, TargetsSentence } from '../explain/targetSentences.tsx';
import type { Awaited } from '../state/engineAnswers.ts';
import { useSettled } from '../state/hooks.ts';
import { troubleOf, troubleWords } from '../state/panelTrouble.ts';
import { Awaiting } from '../widgets/awaiting.tsx';
import { exactLoss, Figure } from '../widgets/figure.tsx';
import { ReservedWidth } from '../widgets/reservedWidth.tsx';
import { Sentence } from '../widgets/sentence.tsx';
import { pushedDown } from './certainty.ts';
import { lossRange, type Measured } from './measuredRows.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  /** The floors, if they're asked for. */
  readonly awaited: Awaited<Float64Array> | undefined;
  readonly figures: BatchFigures;
  readonly spec: PanelSpec;
  readonly terms: LossTerms;
}

/** The loss, and the sentences that make it, with the real numbers in them. */
export function Summary({ snapshot, measured, awaited, figures, spec, terms }: Props) {
  const { loss, nll, uniform, constant, floor, excess } = figures;
  const { reduction } = spec;
  const { smoothing } = terms;
  const isPending = awaited?.asked.state === 'pending';
  const range = reduction === 'none' ? lossRange(measured, terms) : undefined;
  const announced = useSettled(
    floor === undefined || excess === undefined
      ? l10n.t('Loss {0} nats', nats(loss))
      : l10n.t('Loss {0} nats: floor {1}, excess {2}', nats(loss), nats(floor), nats(excess)),
  );
  const u = plain(smoothing.uniform);
  // Of the figures as they are to be read.
  const share = read(smoothing.uniform, plain);
  const weighed = (1 - share) * read(nll) + share * read(uniform) - read(constant);
  const parts = read(floor ?? Number.NaN) + read(excess ?? Number.NaN);
  const [products, sum] = [equalsSign(weighed, read(loss)), equalsSign(weighed, parts)];
  // No part of the loss is more than it is at one of the ends of α.
  const widest = nats(Math.max(...[nll, uniform, 0].filter(Number.isFinite)));
  const above = pushedDown(measured, smoothing);
  const trouble = troubleOf(measured, terms, loss);
  return (
    <section class="summary" aria-label={l10n.t('Loss')}>
      <p class="loss">
        <Sentence
          text={lossWords(reduction, range !== undefined)}
          parts={{
            loss: (
              <output aria-live="off" data-figure="loss" data-exact={loss} title={exactLoss(loss)}>
                {nats(loss)}
              </output>
            ),
            rows: count(measured.totals.counted),
            low: range && nats(range[0]),
            high: range && nats(range[1]),
          }}
        />
      </p>
      <span class="unseen" role="status">
        {announced}
      </span>
      <TargetsSentence spec={spec} smoothing={smoothing} soft={snapshot.stats.targets === 'soft'} />
      <p class="formula">
        {l10n.t('loss')} {products}{' '}
        <span class="glued">
          <ReservedWidth widest="(1 − 0.000)·">{`(1 − ${u})·`}</ReservedWidth>
          <Figure name="nll" value={nll} title={l10n.t('NLL: the loss at α = 0')} label="NLL" />
        </span>
        {' + '}
        <span class="glued">
          <ReservedWidth widest="0.000·">{`${u}·`}</ReservedWidth>
          <Figure
            name="uniform"
            value={uniform}
            title={l10n.t('uniform term: −ln p, averaged over all classes')}
            label={l10n.t('uniform')}
          />
        </span>
        {constant !== 0 && (
          <>
            {' − '}
            <Figure
              name="constant"
              value={constant}
              widest={widest}
              title={l10n.t('what this form of the loss subtracts: the entropy of the smoothed target')}
              label="H(y′)"
            />
          </>
        )}
        <span aria-busy={isPending}>
          {` ${sum} `}
          <Figure
            name="floor"
            value={floor}
            isPending={isPending}
            widest={widest}
            title={floorMeaning()}
            label={l10n.t('floor')}
          />
          {' + '}
          <Figure
            name="excess"
            value={excess}
            isPending={isPending}
            widest={widest}
            title={excessMeaning()}
            label={l10n.t('excess')}
          />
        </span>
      </p>
      {awaited && awaited.asked.state !== 'answered' && (
        <Awaiting {...awaited} asked={awaited.asked} label={l10n.t('Computing the floor of each row')} />
      )}
      {above !== undefined && (
        <OptimumSentence
          spec={spec}
          smoothing={smoothing}
          weighted={measured.weight !== null && smoothing.activation === 'softmax'}
          rows={{ above, counted: measured.totals.counted }}
        />
      )}
      {trouble && (
        <p class="problem" role="alert">
          {troubleWords(trouble, snapshot.summary)}
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

function lossWords(reduction: PanelSpec['reduction'], withRange: boolean): string {
  if (reduction === 'sum') return l10n.t('{loss} nats, sum of {rows} rows');
  return withRange ? l10n.t('{loss} nats, mean; rows from {low} to {high}') : l10n.t('{loss} nats, mean');
}

/** A figure as it's written, as a number. */
function read(value: number, written = nats): number {
  return numberIn(written(value));
}
