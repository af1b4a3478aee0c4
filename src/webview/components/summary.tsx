import * as l10n from '@vscode/l10n';
import { asBetweenTwo } from '../../loss/smoothing.ts';
import type { PanelSnapshot, PanelSpec } from '../../protocol/panel.ts';
import { count, exact, nats, steady } from '../format.ts';
import { useSettled } from '../hooks.ts';
import {
  culprit,
  type Figures,
  type Floors,
  lossRange,
  type Measured,
  pushedDown,
  type Terms,
} from '../model.ts';
import { Figure } from './figure.tsx';
import { Optimum, Targets } from './sentences.tsx';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: Floors;
  readonly figures: Figures;
  readonly spec: PanelSpec;
  readonly terms: Terms;
}

/** The loss, and the sentences that make it, with the real numbers in them. */
export function Summary({ snapshot, measured, floors, figures, spec, terms }: Props) {
  const { loss, nll, uniform, constant, floor, excess } = figures;
  const { reduction } = spec;
  const { smoothing } = terms;
  const late = floors.terms !== terms || Number.isNaN(floors.sum);
  const range = reduction === 'none' ? lossRange(measured, terms) : undefined;
  const said = useSettled(
    l10n.t('Loss {0} nats: floor {1}, excess {2}', nats(loss), nats(floor), nats(excess)),
  );
  const u = steady(smoothing.uniform);
  const above = pushedDown(measured, smoothing);
  return (
    <section class="summary" aria-label={l10n.t('Loss')}>
      <p class="loss">
        <output
          aria-live="off"
          data-figure="loss"
          data-exact={loss}
          title={`${exact(loss)} ${l10n.t('nats')}`}
        >
          {nats(loss)}
        </output>
        <span>
          {reduction === 'sum'
            ? l10n.t('nats, sum of {0} rows', count(measured.totals.counted))
            : l10n.t('nats, mean')}
          {range && ` · ${l10n.t('rows from {0} to {1}', nats(range[0]), nats(range[1]))}`}
        </span>
      </p>
      <span class="unseen" role="status">
        {said}
      </span>
      <Targets spec={spec} smoothing={smoothing} soft={snapshot.stats.targets === 'soft'} />
      <p class="formula">
        <span>
          {l10n.t('loss')} = (1 − {u})·
          <Figure name="nll" value={nll} title={l10n.t('plain NLL: the loss at α = 0')} label="NLL" />
          {` + ${u}·`}
          <Figure
            name="uniform"
            value={uniform}
            title={l10n.t('uniform term: −ln p, averaged over all classes')}
            label={l10n.t('uniform')}
          />
          {constant !== 0 && (
            <>
              {' − '}
              <Figure
                name="constant"
                value={constant}
                title={l10n.t('what this form of the loss takes off: the entropy of the smoothed target')}
                label="H(y′)"
              />
            </>
          )}
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
      {above !== undefined && (
        <Optimum
          smoothing={asBetweenTwo(smoothing)}
          weighted={measured.weight !== null && smoothing.activation === 'softmax'}
          rows={{ above, counted: measured.totals.counted }}
        />
      )}
      <Trouble measured={measured} terms={terms} loss={loss} />
    </section>
  );
}

/** Why the loss isn't a number to work with. */
function Trouble({ measured, terms, loss }: Pick<Props, 'measured' | 'terms'> & { readonly loss: number }) {
  if (Number.isFinite(loss)) return null;
  const { totals, stats } = measured;
  const row = culprit(measured, terms, loss);
  const why =
    totals.counted === 0
      ? l10n.t('Every row is ignored, so the mean is 0/0. Change the ignored target or the targets.')
      : row === -1
        ? l10n.t('The weights of all targets are 0, so the mean is 0/0.')
        : Number.isNaN(stats.hard[row]!) || Number.isNaN(stats.uniform[row]!)
          ? l10n.t('Row {0} has a logit that is NaN or +∞. That makes the whole loss NaN.', row)
          : terms.smoothing.uniform > 0 && Number.isFinite(stats.hard[row]!)
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
