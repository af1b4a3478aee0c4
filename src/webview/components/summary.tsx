import * as l10n from '@vscode/l10n';
import { uniformSmoothing, valuesOf } from '../../loss/smoothing.ts';
import type { Reduction } from '../../loss/spec.ts';
import type { PanelSnapshot } from '../../protocol/panel.ts';
import { count, exact, nats, plain, probability } from '../format.ts';
import { culprit, type Figures, type Floors, lossRange, type Measured } from '../model.ts';
import { Figure } from './figure.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: Floors;
  readonly figures: Figures;
  readonly alpha: number;
  readonly reduction: Reduction;
}

/** The loss, and the sentences that make it, with the real numbers in them. */
export function Summary({ snapshot, measured, floors, figures, alpha, reduction }: Props) {
  const { loss, nll, uniform, floor, excess } = figures;
  const late = floors.alpha !== alpha || Number.isNaN(floors.sum);
  const range = reduction === 'none' ? lossRange(measured, alpha) : undefined;
  return (
    <section class="summary" aria-label={l10n.t('Loss')}>
      <p class="loss">
        <output data-figure="loss" data-exact={loss} title={`${exact(loss)} ${l10n.t('nats')}`}>
          {nats(loss)}
        </output>
        <span>
          {reduction === 'sum'
            ? l10n.t('nats, sum of {0} rows', count(measured.totals.counted))
            : l10n.t('nats, mean')}
          {range && ` · ${l10n.t('rows from {0} to {1}', nats(range[0]), nats(range[1]))}`}
        </span>
      </p>
      <Smoothing snapshot={snapshot} alpha={alpha} />
      <p class="formula">
        <span>
          {l10n.t('loss')} = (1 − {plain(alpha)})·
          <Figure name="nll" value={nll} title={l10n.t('plain NLL: the loss at α = 0')} label="NLL" />
          {` + ${plain(alpha)}·`}
          <Figure
            name="uniform"
            value={uniform}
            title={l10n.t('uniform term: −ln p, averaged over all classes')}
            label={l10n.t('uniform')}
          />
        </span>
        <span class={late ? 'late' : ''} aria-busy={late}>
          {' = '}
          <Figure
            name="floor"
            value={floor}
            title={l10n.t('floor: the lowest this loss can be')}
            label={l10n.t('floor')}
          />
          {' + '}
          <Figure
            name="excess"
            value={excess}
            title={l10n.t('excess: what training can still win')}
            label={l10n.t('excess')}
          />
        </span>
      </p>
      <Trouble measured={measured} alpha={alpha} loss={loss} />
    </section>
  );
}

/** y′ = (1 − α)·1 + α/K, with the numbers. */
function Smoothing({ snapshot, alpha }: Pick<Props, 'snapshot' | 'alpha'>) {
  const { classes, targets } = snapshot.stats;
  const { on, off } = valuesOf(uniformSmoothing(alpha, classes));
  const a = plain(alpha);
  return (
    <p class="formula">
      <b class="target">y′</b>
      {targets === 'soft' ? (
        <>
          {` = (1 − ${a})·y + ${a}/${classes} = ${plain(1 - alpha)}·y + `}
          <Figure name="off" value={off} format={probability} title={l10n.t('what every class gets')} />
        </>
      ) : (
        <>
          {` = (1 − ${a})·1 + ${a}/${classes} = `}
          <Figure
            name="on"
            value={on}
            format={probability}
            title={l10n.t('smoothed target of the true class')}
          />
          {` ${l10n.t('for the true class,')} `}
          <Figure
            name="off"
            value={off}
            format={probability}
            title={l10n.t('smoothed target of each other class')}
          />
          {` ${l10n.t('for each other')}`}
        </>
      )}
    </p>
  );
}

/** Why the loss isn't a number to work with. */
function Trouble({ measured, alpha, loss }: Pick<Props, 'measured' | 'alpha'> & { loss: number }) {
  if (Number.isFinite(loss)) return null;
  const { totals, stats } = measured;
  const row = culprit(measured, alpha, loss);
  const why =
    totals.counted === 0
      ? l10n.t('Every row is ignored, so the mean is 0/0. Change the ignore index or the targets.')
      : row === -1
        ? l10n.t('The weights of all targets are 0, so the mean is 0/0.')
        : Number.isNaN(stats.hard[row]!) || Number.isNaN(stats.uniform[row]!)
          ? l10n.t('Row {0} has a logit that is NaN or +∞. That makes the whole loss NaN.', row)
          : alpha > 0 && Number.isFinite(stats.hard[row]!)
            ? l10n.t(
                'Row {0} has a logit of −∞. Smoothing wants some probability there, so its loss is infinite; at α = 0 it is not.',
                row,
              )
            : l10n.t('Row {0} gives its target no probability at all, so its loss is infinite.', row);
  return (
    <p class="problem" role="alert">
      {why}
    </p>
  );
}
