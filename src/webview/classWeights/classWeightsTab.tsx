import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { classOptima } from '../../loss/theory/classOptima.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, plain, probability } from '../../words/numberFormat.ts';
import { HeatMap } from '../charts/heatMap.tsx';
import type { Measured } from '../summary/measuredRows.ts';
import { nameOfClass } from '../widgets/classNames.ts';
import { MovedOptima } from './movedOptima.tsx';
import { shownClasses } from './shownClasses.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
}

/** What smoothing and class weights together make of the target of each class. */
export function ClassWeightsTab({ snapshot, measured, spec, smoothing }: Props) {
  const { weight } = measured;
  const { classNames } = snapshot.summary;
  const optima = useMemo(() => classOptima(smoothing, weight), [smoothing, weight]);
  if (smoothing.activation === 'sigmoid')
    return (
      <p class="says">
        {l10n.t(
          'With this convention each class has its own loss, so a weight scales that loss and doesn’t change the target. There is nothing to show here.',
        )}
      </p>
    );
  const shown = shownClasses(optima);
  const name = (k: number) => nameOfClass(k, classNames);
  const table = () => ({
    head: [
      l10n.t('true class'),
      l10n.t('weight'),
      l10n.t('its optimal p'),
      l10n.t('optimal prediction'),
      l10n.t('p'),
      l10n.t('weight of a row'),
    ],
    rows: shown.map((y) => [
      name(y),
      weight?.[y] ?? 1,
      optima.own[y]!,
      name(optima.favoured[y]!),
      optima.most[y]!,
      optima.mass[y]!,
    ]),
  });
  const { classes } = smoothing;
  return (
    <>
      <p>{summary(optima.own, weight !== null)}</p>
      <MovedOptima {...{ measured, spec, smoothing, optima, name }} />
      <HeatMap
        title={l10n.t('Effective targets: the optimal prediction for each true class')}
        table={table}
        {...{ smoothing, optima, shown, name }}
      />
      {shown.length < classes && (
        <p class="says">
          {weight
            ? l10n.t(
                '{0} of {1} classes: those with the lowest optimal p.',
                count(shown.length),
                count(classes),
              )
            : l10n.t('The first {0} of {1} classes.', count(shown.length), count(classes))}
        </p>
      )}
    </>
  );
}

function summary(own: Float64Array, weighted: boolean): string {
  const [low, high] = rangeOf(own);
  if (!weighted)
    return l10n.t(
      'Without class weights, every true class has the same optimal p, {0}. With weights, the optimal prediction is the smoothed target times the weights, normalised to sum to 1.',
      plain(high),
    );
  return l10n.t(
    'Class weights multiply the smoothed target, so the optimal p of the true class depends on the class: from {0} to {1}.',
    probability(low),
    probability(high),
  );
}

/** The lowest and highest p there is. K may be more than a call takes arguments. */
function rangeOf(own: Float64Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const p of own) {
    if (p < low) low = p;
    if (p > high) high = p;
  }
  return [low, high];
}
