import * as l10n from '@vscode/l10n';
import type { SpecFigures } from '../../loss/theory/specFigures.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { nats, plain } from '../../words/numberFormat.ts';
import { floorMeaning } from '../explain/definitions.ts';
import { OptimumSentence, TargetsSentence } from '../explain/targetSentences.tsx';
import { exactLoss, Figure } from '../widgets/figure.tsx';
import { Sentence } from '../widgets/sentence.tsx';

interface Props {
  readonly config: ConfigSnapshot;
  readonly alpha: number;
  readonly figures: SpecFigures;
}

/** The floor, and the sentences around it. */
export function ConfigSummary({ config, alpha, figures }: Props) {
  const { floor, guessing, smoothing, alone } = figures;
  if (alone)
    return (
      <section class="summary" aria-label={l10n.t('Floor of the loss')}>
        <p class="says">{aloneWords(figures)}</p>
        <Notes config={config} alpha={alpha} />
      </section>
    );
  const spec = { convention: config.convention, labelSmoothing: alpha };
  return (
    <section class="summary" aria-label={l10n.t('Floor of the loss')}>
      <p class="loss">
        <Sentence
          text={floorWords(floor, alpha)}
          parts={{
            floor: (
              <output data-figure="floor" data-exact={floor} title={`${floorMeaning()}\n${exactLoss(floor)}`}>
                {nats(floor)}
              </output>
            ),
          }}
        />
      </p>
      <TargetsSentence spec={spec} smoothing={smoothing} />
      <OptimumSentence spec={spec} smoothing={smoothing} />
      <p class="formula">
        <Sentence
          text={l10n.t('A uniform guess costs {guess} nats')}
          parts={{
            guess: (
              <Figure
                name="guess"
                value={guessing}
                title={l10n.t('The loss of a model that gives every class the same probability')}
              />
            ),
          }}
        />
      </p>
      <Notes config={config} alpha={alpha} />
    </section>
  );
}

function floorWords(floor: number, alpha: number): string {
  if (floor > 0) return l10n.t('{floor} nats: the lowest possible loss per row');
  return alpha > 0
    ? l10n.t('{floor} nats: this form of the loss is 0 when the prediction equals the target')
    : l10n.t('{floor} nats: approached as logits grow, never reached');
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
