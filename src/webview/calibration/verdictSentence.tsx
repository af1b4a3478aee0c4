import * as l10n from '@vscode/l10n';
import { verdictOf } from '../../loss/calibration/calibrationVerdict.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { valuesOf } from '../../loss/conventions/smoothing.ts';
import type { Calibration } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { nats, plain, plainProbability } from '../../words/numberFormat.ts';
import { NeedsLogits } from '../panel/elsewhere.tsx';
import { usePage } from '../state/page.ts';
import type { Measured } from '../summary/measuredRows.ts';
import type { Scored } from './scoredRows.ts';
import { chanceWords, distanceWords, leanWords, scaledWords } from './verdictWords.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  /** What the logits are best divided by; null if that takes logits that aren't here. */
  readonly temperature: number | null;
  readonly calibration: Calibration;
  readonly before: Scored;
  readonly after: Scored | null;
}

/** What it comes to, in words, with the real figures in them: all of it from one verdict. */
export function VerdictSentence({
  snapshot,
  measured,
  spec,
  smoothing,
  temperature,
  calibration,
  before,
  after,
}: Props) {
  const { viewRequest } = usePage();
  const verdict = verdictOf(before, after, calibration.temperature?.[0] ?? Number.NaN);
  const { fittedRows } = calibration;
  if (temperature === null)
    return (
      <div class="verdict">
        <p title={chanceWords()}>{leanWords({ verdict, before })}</p>
        <NeedsLogits what={l10n.t('Fitting a temperature needs the logits.')} />
      </div>
    );
  const judged = {
    verdict,
    before,
    after,
    temperature,
    shownAt: spec.temperature,
    fittedRows,
    rows: measured.totals.counted,
  };
  const distance = distanceWords(judged);
  return (
    <div class="verdict">
      <p title={chanceWords()}>{leanWords(judged)}</p>
      <p data-figure="temperature" data-exact={temperature}>
        {after ? scaledWords(judged).join(' ') : without(calibration, measured, before.nll)}{' '}
        {/* Not where the next sentence says that there's no reason to. */}
        {after && verdict.distance !== 'fine' && plain(temperature) !== plain(spec.temperature) && (
          <button
            type="button"
            class="link"
            onClick={() => viewRequest.change(snapshot, { temperature: Number(temperature.toPrecision(4)) })}
          >
            {l10n.t('Apply T = {0} to all tabs', plain(temperature))}
          </button>
        )}
      </p>
      {/* Apart, so that neither moves when the figures of the other take more room. */}
      {distance !== '' && (
        <>
          <p class="says">{distance}</p>
          <p class="says">{alike(spec, smoothing)}</p>
        </>
      )}
    </div>
  );
}

/** Why no temperature is best. */
function without({ temperature: fitted, isFlat }: Calibration, { stats }: Measured, nll: number): string {
  const temperature = fitted?.[0];
  if (isFlat)
    return l10n.t(
      'NLL is {0} at every temperature, because no row has two different finite logits: there is no best temperature.',
      nats(nll),
    );
  if (temperature === 0)
    return l10n.t('Every prediction is right, so a lower T always lowers NLL: there is no best temperature.');
  if (temperature === Number.POSITIVE_INFINITY)
    return l10n.t(
      'These predictions are worse than a uniform guess, so a higher T always lowers NLL: there is no best temperature.',
    );
  const row = stats.hard.findIndex((nll) => !Number.isFinite(nll));
  return row === -1
    ? l10n.t('Every row is ignored, so no temperature can be fitted.')
    : l10n.t('Row {0} has an infinite NLL at every temperature, so no temperature can be fitted.', row);
}

/** Smoothing and temperature, side by side. */
function alike({ labelSmoothing }: PanelSpec, smoothing: Smoothing): string {
  if (smoothing.uniform === 0 || smoothing.activation === 'sigmoid')
    return l10n.t(
      'Label smoothing in training and temperature at test time both control how far apart the logits are.',
    );
  return l10n.t(
    'Label smoothing in training and temperature at test time both control how far apart the logits are. α = {0} aims for p = {1} and no higher.',
    plain(labelSmoothing),
    plainProbability(valuesOf(smoothing).on),
  );
}
