import * as l10n from '@vscode/l10n';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { shownLog } from '../../../loss/theory/shownEquations.ts';
import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { fixedNats } from '../../../words/numberFormat.ts';
import { Ruler } from '../../charts/ruler.tsx';
import { floorMeaning } from '../../explain/definitions.ts';
import { useSettled } from '../../state/hooks.ts';
import { exactLoss } from '../../widgets/figure.tsx';
import { ReservedWidth } from '../../widgets/reservedWidth.tsx';
import { Sentence } from '../../widgets/sentence.tsx';
import { costSum } from '../played/playedState.ts';
import type { Played } from '../played/whatChanged.ts';

/** Figure 3: the loss, as a sum in words and on the panel's ruler. */
export function CostRuler({ played }: { readonly played: Played }) {
  const { figures, state, loss: of } = played;
  const { loss, floor, excess, hardLoss } = figures;
  const { guessing, smoothing } = specFiguresOf(of.convention, state.labelSmoothing, state.classes, of.form);
  const moved = `${floor} ${excess}`;
  const sum = costSum(figures, useSettled(moved) === moved);
  const inNats = (value: number) => fixedNats(value, sum.decimals);
  const isSimple = of.form === 'ce' && CONVENTIONS[of.convention].activation === 'softmax';
  const { left, sign, right } = shownLog(smoothing.among, sum.decimals);
  return (
    <Ruler
      title={l10n.t('What it costs')}
      floor={floor}
      guess={guessing}
      guessing={
        isSimple
          ? l10n.t('uniform guess: {0}', `${left} ${sign} ${right}`)
          : l10n.t('uniform guess {0}', inNats(guessing))
      }
      reached={{ loss, nll: hardLoss, excess }}
      decimals={sum.decimals}
      nllWords={(nll) =>
        CONVENTIONS[of.convention].activation === 'softmax'
          ? l10n.t('NLL (hard labels) {0}', nll)
          : l10n.t('with hard labels {0}', nll)
      }
      lead={
        <>
          <p class="cost">
            <Sentence
              text={
                floor > 0
                  ? l10n.t('{loss} nats {sign} {floor} that can’t be avoided + {excess} left to learn')
                  : l10n.t('{loss} nats, all of it left to learn')
              }
              parts={{
                loss: (
                  <output data-figure="loss" data-exact={loss} title={exactLoss(loss)}>
                    {sum.total}
                  </output>
                ),
                sign: <ReservedWidth widest="≈">{sum.sign}</ReservedWidth>,
                floor: (
                  <b
                    class="floor"
                    data-figure="floor"
                    data-exact={floor}
                    title={`${floorMeaning()}\n${exactLoss(floor)}`}
                  >
                    {sum.first}
                  </b>
                ),
                excess: (
                  <b class="excess" data-figure="excess" data-exact={excess} title={exactLoss(excess)}>
                    {sum.second}
                  </b>
                ),
              }}
            />
            {state.labelSmoothing > 0 && (
              <span class="quiet">
                {' '}
                · {l10n.t('the same answer costs {0} with hard labels', inNats(hardLoss))}
              </span>
            )}
          </p>
          {floor > 0 && (
            <p class="says">
              {l10n.t(
                'Even an answer equal to y′ costs {0} nats, because y′ gives every class some probability. That’s the floor.',
                sum.first,
              )}
            </p>
          )}
        </>
      }
    />
  );
}
