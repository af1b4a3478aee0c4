import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { rank } from '../../loss/calibration/reliability.ts';
import type { Smoothing } from '../../loss/smoothing.ts';
import type { Calibration, CalibrationScores } from '../../protocol/engine.ts';
import type { PanelSnapshot, PanelSpec } from '../../protocol/panel.ts';
import { host } from '../bridge.ts';
import { Reliability } from '../charts/reliability.tsx';
import type { Chosen } from '../choice.ts';
import { plain } from '../format.ts';
import type { Measured } from '../model.ts';
import { Bins } from './bins.tsx';
import { type Scored, Scores, scoredBy } from './scores.tsx';
import { useCalibration } from './useCalibration.ts';
import { Verdict } from './verdict.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly bins: Chosen['bins'];
  readonly choose: (part: Partial<Chosen>) => void;
}

/** Whether predictions are as often right as they are sure, as they are and at the temperature that's best. */
export function CalibrationTab(props: Props) {
  if (props.snapshot.summary.targetsFrom === 'argmax')
    return (
      <p class="says" data-figure="refused">
        {l10n.t(
          'The source has no targets, so nobody knows which predictions are right. Add “targets” to it: one class for each row.',
        )}
      </p>
    );
  return <Calibrated {...props} />;
}

function Calibrated(props: Props) {
  const { asking, ask } = useCalibration(props.snapshot);
  if (asking.state === 'asking')
    return (
      <p class="working" role="status">
        <progress value={asking.fraction} aria-label={l10n.t('Calibrating')} />
        <button type="button" onClick={() => host.stopCalibrating()}>
          {l10n.t('Cancel')}
        </button>
      </p>
    );
  if (asking.state === 'stopped')
    return (
      <p class="says">
        {l10n.t('Not computed.')}{' '}
        <button type="button" onClick={ask}>
          {l10n.t('Compute')}
        </button>
      </p>
    );
  return <Answer {...props} calibration={asking.calibration} />;
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
  const temperature = calibration.temperature[0]! * spec.temperature;
  return (
    <>
      <Verdict {...{ snapshot, measured, spec, smoothing, temperature, calibration, before, after }} />
      <div class="calibrated">
        <Scores temperatures={[spec.temperature, temperature]} before={before} after={after} />
        <Bins bins={bins} choose={(chosen) => choose({ bins: chosen })} />
      </div>
      <div class="pair">
        <Reliability
          title={
            spec.temperature === 1
              ? l10n.t('As they are')
              : l10n.t('Logits divided by T = {0}', plain(spec.temperature))
          }
          scored={before}
          kind={bins.kind}
        />
        {after && (
          <Reliability
            title={l10n.t('Logits divided by T = {0}', plain(temperature))}
            scored={after}
            kind={bins.kind}
          />
        )}
      </div>
    </>
  );
}
