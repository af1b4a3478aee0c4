import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { verdictOf } from '../../loss/calibration/calibrationVerdict.ts';
import { type BatchSums, knownOf } from '../../loss/sums/batchSums.ts';
import { fitToSums } from '../../loss/sums/fitToSums.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { bound } from '../../words/numberFormat.ts';
import { NeedsLogits } from '../panel/elsewhere.tsx';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { CalibrationView, UnsureNote } from './calibrationView.tsx';
import { fitWords } from './fitWords.ts';
import { LossAtT } from './lossAtT.tsx';
import { scoredSums } from './scoredSums.ts';
import { chanceWords, leanWords } from './verdictWords.ts';

interface Props {
  readonly sums: BatchSums;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly bins: Chosen['bins'];
  readonly choose: (part: Partial<Chosen>) => void;
}

/** Calibration as far as sums tell: at T = 1 all of it, and which T has the lowest NLL. */
export function SumsCalibration({ sums, measured, spec, bins, choose }: Props) {
  const { scored, expectedWithin, maximumWithin } = useMemo(() => scoredSums(sums, bins), [sums, bins]);
  const fit = useMemo(() => fitToSums(sums), [sums]);
  const verdict = verdictOf(scored, null, Number.NaN);
  return (
    <>
      <div class="verdict">
        <p title={chanceWords()}>{leanWords({ verdict, before: scored })}</p>
        <p
          data-figure="temperature"
          data-exact={fit.found === 'temperature' ? fit.temperature.value : undefined}
        >
          {fitWords(fit, scored.nll, knownOf(sums))}
        </p>
        {fit.found !== 'none' && (
          <LossAtT
            {...{ sums, measured, spec }}
            best={fit.found === 'temperature' ? fit.temperature.value : 2}
          />
        )}
        <NeedsLogits what={l10n.t('Confidence, ECE and the Brier score at another T need the logits.')} />
      </div>
      {expectedWithin > 0 && (
        <p class="note" data-figure="binsWithin">
          {l10n.t(
            'These bins don’t line up with the cells of the sums, so ECE is only known to within ± {0}, and MCE to within ± {1}. With 15 bins of equal width both are exact.',
            bound(expectedWithin),
            bound(maximumWithin),
          )}
        </p>
      )}
      <UnsureNote before={scored} counted={measured.totals.counted} />
      <CalibrationView {...{ bins, choose }} before={scored} after={null} temperatures={[1, Number.NaN]} />
    </>
  );
}
