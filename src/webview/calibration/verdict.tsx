import * as l10n from '@vscode/l10n';
import { type Smoothing, valuesOf } from '../../loss/smoothing.ts';
import type { Calibration } from '../../protocol/engine.ts';
import type { PanelSnapshot, PanelSpec } from '../../protocol/panel.ts';
import { count, percent, plain, probability } from '../format.ts';
import type { Measured } from '../model.ts';
import { changeView } from '../view.ts';
import type { Scored } from './scores.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  /** What the logits are best divided by. */
  readonly temperature: number;
  readonly calibration: Calibration;
  readonly before: Scored;
  readonly after: Scored | null;
}

/** What it comes to, in words, with the real figures in them. */
export function Verdict(props: Props) {
  const { snapshot, measured, spec, temperature, calibration, before, after } = props;
  return (
    <div class="verdict">
      <p>{sure(before)}</p>
      <p data-figure="temperature" data-exact={temperature}>
        {after ? scaled(temperature, before, after) : without(temperature, measured)}{' '}
        {after && plain(temperature) !== plain(spec.temperature) && (
          <button
            type="button"
            class="link"
            onClick={() => changeView(snapshot, { temperature: Number(temperature.toPrecision(4)) })}
          >
            {l10n.t('Use T = {0} for everything', plain(temperature))}
          </button>
        )}{' '}
        {calibration.fittedRows < measured.stats.rows &&
          l10n.t(
            'T was fitted to {0} of {1} rows, evenly spread; all figures are of all rows.',
            count(calibration.fittedRows),
            count(measured.stats.rows),
          )}
      </p>
      {after && <p class="says">{alike(props)}</p>}
    </div>
  );
}

/** One standard error of the accuracy: a smaller gap may be chance. */
function isAboutRight({ confidence, accuracy, rows }: Scored): boolean {
  return Math.abs(confidence - accuracy) <= Math.sqrt((accuracy * (1 - accuracy)) / rows);
}

function sure(scored: Scored): string {
  const { confidence, accuracy } = scored;
  const [said, right] = [percent(confidence), percent(accuracy)];
  if (isAboutRight(scored))
    return l10n.t(
      'On average these predictions are {0} sure and {1} right: about as sure as they should be.',
      said,
      right,
    );
  return confidence > accuracy
    ? l10n.t('On average these predictions are {0} sure and {1} right: too sure.', said, right)
    : l10n.t('On average these predictions are {0} sure and {1} right: not sure enough.', said, right);
}

function scaled(temperature: number, before: Scored, after: Scored): string {
  return l10n.t(
    'Dividing the logits by T = {0} makes the NLL as low as a temperature can: mean confidence goes from {1} to {2}, accuracy stays {3}.',
    plain(temperature),
    percent(before.confidence),
    percent(after.confidence),
    percent(before.accuracy),
  );
}

/** Why no temperature is best. */
function without(temperature: number, { stats }: Measured): string {
  if (temperature === 0)
    return l10n.t('Every row is right, so the NLL falls as long as T does: no temperature is best.');
  if (temperature === Number.POSITIVE_INFINITY)
    return l10n.t(
      'These predictions are worse than guessing, so the NLL falls as long as T grows: no temperature is best.',
    );
  const row = stats.hard.findIndex((nll) => !Number.isFinite(nll));
  return row === -1
    ? l10n.t('Every row is ignored, so there is nothing to fit a temperature to.')
    : l10n.t('Row {0} has no finite NLL, at any temperature: none can be fitted.', row);
}

/** Smoothing and temperature, side by side. */
function alike({ spec, smoothing, temperature, before }: Props): string {
  const { on } = valuesOf(smoothing);
  const alpha = spec.labelSmoothing;
  const verdict = isAboutRight(before)
    ? l10n.t('These logits are about as far apart as they should be.')
    : temperature > spec.temperature
      ? l10n.t('These logits are too far apart, T = {0} brings them closer.', plain(temperature))
      : l10n.t(
          'These logits are too close already, T = {0} moves them apart; more smoothing would not help.',
          plain(temperature),
        );
  if (smoothing.uniform === 0 || smoothing.activation === 'sigmoid')
    return l10n.t(
      'Training with α acts on the same thing as a temperature at test: how far apart the logits are. {0}',
      verdict,
    );
  return l10n.t(
    'Training with α acts on the same thing as a temperature at test: how far apart the logits are. α = {0} asks for p = {1} and no more. {2}',
    plain(alpha),
    probability(on),
    verdict,
  );
}
