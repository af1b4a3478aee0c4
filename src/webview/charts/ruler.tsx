import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { Reduction } from '../../loss/spec.ts';
import { exact, nats, plain } from '../format.ts';
import { useWidth } from '../hooks.ts';
import type { Figures } from '../model.ts';
import { Twin } from './twin.tsx';

interface Props {
  readonly figures: Figures;
  readonly classes: number;
  readonly weighted: boolean;
  readonly reduction: Reduction;
}

const HEIGHT = 92;
const TOP = 28;
const BAR = 18;
const SIDE = 8;
/** About the width of a label at the charts' font size. */
const LABEL = 130;

/** One axis in nats: grey up to the floor, the excess from there to the loss, a mark for the plain NLL, and where guessing is. */
export function Ruler({ figures, classes, weighted, reduction }: Props) {
  const [ref, width] = useWidth();
  const { loss, nll, floor, excess, guess } = figures;
  const top = Math.max(...[guess, loss, nll, floor].filter(Number.isFinite), 1e-6);
  const x = scaleLinear()
    .domain([0, top * 1.02])
    .range([SIDE, Math.max(SIDE + 1, width - SIDE)]);
  const at = (value: number) => (Number.isFinite(value) ? x(value) : x.range()[1]!);
  const guessing =
    reduction === 'sum' || weighted
      ? l10n.t('guessing {0}', nats(guess))
      : l10n.t('guessing: ln {0} = {1}', classes, nats(guess));
  const lossFits = at(loss) + LABEL < width;
  const table = () => ({
    head: [l10n.t('on the ruler'), l10n.t('nats')],
    rows: [
      [l10n.t('floor'), exact(floor)],
      [l10n.t('excess'), exact(excess)],
      [l10n.t('loss'), exact(loss)],
      [l10n.t('plain NLL'), exact(nll)],
      [l10n.t('guessing'), exact(guess)],
    ],
  });
  return (
    <Twin title={l10n.t('Why the loss isn’t 0')} table={table}>
      <div ref={ref} class="canvas ruler">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={l10n.t('Floor {0}, loss {1}, plain NLL {2} nats', nats(floor), nats(loss), nats(nll))}
          >
            {x.ticks(Math.max(2, Math.floor(width / 110))).map((tick) => (
              <g key={tick} class="tick" transform={`translate(${x(tick)},${TOP + BAR})`}>
                <line y2={5} />
                <text y={18} text-anchor={tick === 0 ? 'start' : 'middle'}>
                  {plain(tick)}
                </text>
              </g>
            ))}
            <line class="axis" x1={x.range()[0]} x2={x.range()[1]} y1={TOP + BAR} y2={TOP + BAR} />
            {floor > 0 && (
              <rect class="floor" x={SIDE} y={TOP} width={at(floor) - SIDE} height={BAR}>
                <title>{l10n.t('Floor {0} nats: the entropy of the smoothed targets', exact(floor))}</title>
              </rect>
            )}
            <rect
              class="excess"
              x={at(floor)}
              y={TOP}
              width={Number.isNaN(loss) ? 0 : Math.max(0, at(loss) - at(floor))}
              height={BAR}
            >
              <title>
                {l10n.t('Excess {0} nats: the divergence of the prediction from the targets', exact(excess))}
              </title>
            </rect>
            {Number.isFinite(guess) && (
              <line class="guess" x1={at(guess)} x2={at(guess)} y1={TOP - 8} y2={TOP + BAR + 5} />
            )}
            <text class="floor" x={SIDE} y={TOP - 10}>
              {floor > 0 ? l10n.t('can’t go below {0}', nats(floor)) : l10n.t('no floor')}
            </text>
            {Number.isFinite(guess) && (width > 420 || at(guess) > 300) && (
              <text class="quiet" x={Math.min(at(guess), width - 2)} y={TOP - 12} text-anchor="end">
                {guessing}
              </text>
            )}
            <text
              class={lossFits ? 'loss' : 'loss inside'}
              x={at(loss) + (lossFits ? 6 : -6)}
              y={TOP + 13}
              text-anchor={lossFits ? 'start' : 'end'}
            >
              {l10n.t('loss {0}', nats(loss))}
            </text>
            <path class="nll" d={`M${at(nll)},${TOP + BAR}l5,9h-10z`}>
              <title>{l10n.t('Plain NLL {0} nats: the loss with hard targets', exact(nll))}</title>
            </path>
            <line class="nll" x1={at(nll)} x2={at(nll)} y1={TOP} y2={TOP + BAR} />
            <text
              class="nll"
              x={Math.min(Math.max(at(nll), 60), width - 60)}
              y={TOP + BAR + 38}
              text-anchor="middle"
            >
              {l10n.t('plain NLL {0}', nats(nll))}
            </text>
          </svg>
        )}
      </div>
    </Twin>
  );
}
