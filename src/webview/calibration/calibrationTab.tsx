import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { rank } from '../../loss/calibration/reliabilityBins.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { Calibration, CalibrationScores } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { useCalibration } from '../state/engineAnswers.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { Awaiting } from '../widgets/awaiting.tsx';
import { CalibrationView, UnsureNote } from './calibrationView.tsx';
import type { Scored } from './scoredRows.ts';
import { scoredBy } from './scoredRows.ts';
import { SumsCalibration } from './sumsCalibration.tsx';
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
          'There are no targets, so accuracy and calibration can’t be computed. Choose targets, or add “targets” beside the logits: one class for each row.',
        )}
      </p>
    );
  if (props.snapshot.summary.labelling === 'multi-label')
    return (
      <p class="says" data-figure="refused">
        {l10n.t(
          'Here a row can have several true classes, so accuracy and calibration, which need a softmax, aren’t computed.',
        )}
      </p>
    );
  const { sums } = props.measured;
  return sums ? <SumsCalibration {...props} sums={sums} /> : <Calibrated {...props} />;
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
      <UnsureNote before={before} counted={measured.totals.counted} />
      <CalibrationView
        {...{ bins, choose, before, after }}
        temperatures={[spec.temperature, temperature ?? Number.NaN]}
      />
    </>
  );
}
