import * as l10n from '@vscode/l10n';
import type { SpecFigures } from '../../loss/theory/specFigures.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { exact, nats, plain } from '../../words/numberFormat.ts';
import { Figure } from '../widgets/figure.tsx';

interface Props {
  readonly config: ConfigSnapshot;
  readonly alpha: number;
  readonly figures: SpecFigures;
}

/** The floor, and the sentences around it. */
export function ConfigSummary({ config, alpha, figures }: Props) {
  const { floor, on, off, gap, guessing, smoothing, alone } = figures;
  if (alone)
    return (
      <section class="summary" aria-label={l10n.t('Floor of the loss')}>
        <p class="says">{aloneWords(figures)}</p>
        <Notes config={config} alpha={alpha} />
      </section>
    );
  const softmax = smoothing.activation === 'softmax';
  return (
    <section class="summary" aria-label={l10n.t('Floor of the loss')}>
      <p class="loss">
        <output data-figure="floor" data-exact={floor} title={`${exact(floor)} ${l10n.t('nats')}`}>
          {nats(floor)}
        </output>
        <span>
          {floor > 0
            ? l10n.t('nats: the lowest possible loss per row')
            : alpha > 0
              ? l10n.t('nats: this form of the loss is 0 when the prediction equals the target')
              : l10n.t('nats: approached as logits grow, never reached')}
        </span>
      </p>
      <p class="formula">
        <b class="target">y′</b>
        {' = '}
        <Figure name="on" value={on} format={plain} title={l10n.t('smoothed target of the true class')} />
        {` ${l10n.t('for the true class,')} `}
        <Figure name="off" value={off} format={plain} title={l10n.t('smoothed target of each other class')} />
        {` ${l10n.t('for each other')}`}
      </p>
      <p class="formula">
        {alpha > 0 ? (
          <span>
            {`${l10n.t('lowest at')} p = `}
            <Figure name="best" value={on} format={plain} title={l10n.t('optimal p of the true class')} />
            {`, ${softmax ? l10n.t('a logit gap of') : l10n.t('a logit of')} `}
            <Figure name="gap" value={gap} title={l10n.t('ln(on/off); a larger gap raises the loss again')} />
          </span>
        ) : (
          <span>
            {l10n.t(
              'no minimum: larger logits always lower the loss, so hard targets never tell the model to stop',
            )}
          </span>
        )}
      </p>
      <p class="formula">
        <span>
          {`${l10n.t('a uniform guess costs')} `}
          <Figure
            name="guess"
            value={guessing}
            title={l10n.t('The loss of a model that gives every class the same probability')}
          />
        </span>
      </p>
      <Notes config={config} alpha={alpha} />
    </section>
  );
}

/** Why there are no figures where no second class is there to share α with. */
function aloneWords({ smoothing: { activation, padding } }: SpecFigures): string {
  if (padding !== null)
    return l10n.t('There are fewer than two classes besides padding, so smoothing changes nothing.');
  return activation === 'softmax'
    ? l10n.t(
        'The softmax of a single class is always 1, so the loss is always 0 and smoothing changes nothing.',
      )
    : l10n.t('There is only one class, so smoothing changes nothing.');
}

function Notes({ config, alpha }: Pick<Props, 'config' | 'alpha'>) {
  return (
    <>
      {config.notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      {!(alpha >= 0 && alpha <= 1) && (
        <p class="problem">{l10n.t('α = {0} is outside [0, 1].', plain(alpha))}</p>
      )}
    </>
  );
}
