import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { rank } from '../../loss/calibration/reliabilityBins.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { Calibration, CalibrationScores } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, plain } from '../../words/numberFormat.ts';
import { useCalibration } from '../state/engineAnswers.ts';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { Awaiting } from '../widgets/awaiting.tsx';
import { LearnLink } from '../widgets/learnLink.tsx';
import { BinsTable } from './binsTable.tsx';
import { ReliabilityDiagram } from './reliabilityDiagram.tsx';
import type { Scored } from './scoredRows.ts';
import { scoredBy } from './scoredRows.ts';
import { ScoresTable } from './scoresTable.tsx';
import { VerdictSentence } from './verdictSentence.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly bins: Chosen['bins'];
  readonly choose: (part: Partial<Chosen>) => void;
}

/** Whether predictions are right as often as they are confident, as they are and at the temperature with the lowest NLL. */
export function CalibrationTab(props: Props) {
  if (props.snapshot.summary.targetsFrom === 'argmax')
    return (
      <p class="says" data-figure="refused">
        {l10n.t(
          'The source has no targets, so accuracy and calibration can’t be computed. Choose targets, or add “targets” to the source: one class for each row.',
        )}
      </p>
    );
  if (props.snapshot.summary.labelling !== 'one-class')
    return (
      <p class="says" data-figure="refused">
        {l10n.t(
          'Here a row can have several true classes, so accuracy and calibration, which need a softmax, aren’t computed.',
        )}
      </p>
    );
  return <Calibrated {...props} />;
}

function Calibrated(props: Props) {
  const { asked, ...asking } = useCalibration(props.snapshot);
  if (asked.state !== 'answered') return <Awaiting asked={asked} {...asking} label={l10n.t('Calibrating')} />;
  return <Answer {...props} calibration={asked.value} />;
}

function Answer({
  snapshot,
  measured,
  spec,
  smoothing,
  bins,
  choose,
  calibration,
}: Props & { readonly calibration: Calibration }) {
  const { host } = usePage();
  const { stats } = measured;
  const ranked = useMemo(() => {
    const rankOf = (scores: CalibrationScores) =>
      rank(scores.confidence, (row) => stats.prediction[row] === stats.target[row]);
    return { before: rankOf(calibration.before), after: calibration.after && rankOf(calibration.after) };
  }, [calibration, stats]);
  const before: Scored = scoredBy(calibration.before, ranked.before, bins);
  const after = calibration.after && ranked.after && scoredBy(calibration.after, ranked.after, bins);
  // The engine has divided the logits by the temperature in the bar already.
  const temperature = calibration.temperature && calibration.temperature[0]! * spec.temperature;
  return (
    <>
      <VerdictSentence
        {...{ snapshot, measured, spec, smoothing, temperature, calibration, before, after }}
      />
      {before.rows < measured.totals.counted && (
        <p class="note" data-figure="unsure">
          {l10n.t(
            '{0} of {1} rows have no confidence, because their softmax isn’t a number. Accuracy, ECE and MCE leave them out.',
            count(measured.totals.counted - before.rows),
            count(measured.totals.counted),
          )}
        </p>
      )}
      <p class="says">
        <button type="button" class="link" data-control="lab" onClick={() => host.openLab()}>
          {l10n.t('See in the lab what smoothing does to calibration')}
        </button>
      </p>
      <div class="calibrated">
        <ScoresTable
          temperatures={[spec.temperature, temperature ?? Number.NaN]}
          before={before}
          after={after}
        />
        <BinsTable bins={bins} choose={(chosen) => choose({ bins: chosen })} />
      </div>
      <div class="pair">
        <ReliabilityDiagram
          title={
            spec.temperature === 1
              ? l10n.t('Before temperature scaling')
              : l10n.t('Logits divided by T = {0}', plain(spec.temperature))
          }
          scored={before}
          kind={bins.kind}
        />
        {after && temperature !== null && (
          <ReliabilityDiagram
            title={l10n.t('After temperature scaling, T = {0}', plain(temperature))}
            scored={after}
            kind={bins.kind}
          />
        )}
      </div>
      <p class="learn">
        <LearnLink page="calibration" text={l10n.t('Learn more: calibration')} />
      </p>
    </>
  );
}
