import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { Figures } from '../../loss/figures.ts';
import { exact, nats, plain } from '../format.ts';
import { useWidth } from '../hooks.ts';
import { Twin } from './twin.tsx';

const HEIGHT = 66;
const TOP = 26;
const BAR = 18;
const SIDE = 8;

/** One axis in nats: grey where no loss can be, and where guessing is. What is between is what training can win. */
export function FloorRuler({ figures: { floor, guessing, smoothing } }: { figures: Figures }) {
  const [ref, width] = useWidth();
  const top = Math.max(guessing, floor, 1e-6);
  const x = scaleLinear()
    .domain([0, top * 1.02])
    .range([SIDE, Math.max(SIDE + 1, width - SIDE)]);
  const guess =
    smoothing.activation === 'softmax' && floor > 0
      ? l10n.t('guessing: ln {0} = {1}', smoothing.among, nats(guessing))
      : l10n.t('guessing {0}', nats(guessing));
  const table = () => ({
    head: [l10n.t('on the ruler'), l10n.t('nats')],
    rows: [
      [l10n.t('floor'), exact(floor)],
      [l10n.t('guessing'), exact(guessing)],
    ],
  });
  return (
    <Twin
      title={floor > 0 ? l10n.t('Why the loss can’t be 0') : l10n.t('Where the loss can be')}
      table={table}
    >
      <div ref={ref} class="canvas ruler">
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="img"
            aria-label={l10n.t('Floor {0}, guessing {1} nats', nats(floor), nats(guessing))}
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
              <rect class="floor" x={SIDE} y={TOP} width={x(floor) - SIDE} height={BAR}>
                <title>{l10n.t('Floor {0} nats: the entropy of the smoothed targets', exact(floor))}</title>
              </rect>
            )}
            <rect class="reach" x={x(floor)} y={TOP} width={x(guessing) - x(floor)} height={BAR}>
              <title>{l10n.t('What training can win: {0} nats', exact(guessing - floor))}</title>
            </rect>
            <line class="guess" x1={x(guessing)} x2={x(guessing)} y1={TOP - 8} y2={TOP + BAR + 5} />
            <text class="floor" x={SIDE} y={TOP - 10}>
              {floor > 0 ? l10n.t('can’t go below {0}', nats(floor)) : l10n.t('no floor')}
            </text>
            {width > 420 && (
              <text class="quiet" x={x(guessing)} y={TOP - 12} text-anchor="end">
                {guess}
              </text>
            )}
          </svg>
        )}
      </div>
    </Twin>
  );
}
