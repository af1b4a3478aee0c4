import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { fixedNats, nats, UNKNOWN_TEXT } from '../../words/numberFormat.ts';
import { exactLoss } from '../widgets/figure.tsx';
import { BottomAxis, ChartFrame } from './chartFrame.tsx';
import { DataTable } from './dataTable.tsx';
import { textWidth } from './textWidth.ts';

interface Props {
  readonly title: string;
  /** Undefined where it isn't known, or not yet. */
  readonly floor: number | undefined;
  /** The loss of a prediction that is the same for all classes, and what it is in words: "guessing: ln 10 = 2.3026". */
  readonly guess: number;
  readonly guessing: string;
  /** What a model's predictions come to; without one there's only the reach of training. */
  readonly reached?: Reached;
  /** What stands between the title and the picture. */
  readonly lead?: ComponentChildren;
  /** What the NLL is called where that isn't explained. */
  readonly nllWords?: (nats: string) => string;
  /** As the sum above it has them, so that no number is there in two lengths; absent: as any loss. */
  readonly decimals?: number | undefined;
}

interface Reached {
  readonly loss: number;
  readonly nll: number;
  readonly excess: number | undefined;
}

const TOP = 28;
const BAR = 18;
const SIDE = 8;
/** As charts.css has the loss. */
const BOLD = { weight: 600 };
/** Between the texts on one line. */
const GAP = 12;

/** One axis in nats: grey up to the floor, the excess from there to the loss, and marks for the NLL and a uniform guess. */
export function Ruler(props: Props) {
  const { title, floor, guess, guessing, reached, lead, decimals } = props;
  const { nllWords = (nll: string) => l10n.t('NLL {0}', nll) } = props;
  const shown = (value: number) => (decimals === undefined ? nats(value) : fixedNats(value, decimals));
  const table = () => ({
    head: [l10n.t('mark'), l10n.t('nats')],
    rows: [
      [l10n.t('floor'), floor ?? UNKNOWN_TEXT],
      ...(reached
        ? [
            [l10n.t('excess'), reached.excess ?? UNKNOWN_TEXT],
            [l10n.t('loss'), reached.loss],
            [l10n.t('NLL'), reached.nll],
          ]
        : []),
      [l10n.t('uniform guess'), guess],
    ],
  });
  const least = floor === undefined ? UNKNOWN_TEXT : shown(floor);
  const label = reached
    ? l10n.t('Floor {0}, loss {1}, NLL {2} nats', least, shown(reached.loss), shown(reached.nll))
    : l10n.t('Floor {0}, uniform guess {1} nats', least, nats(guess));
  const values = [floor ?? 0, guess, ...(reached ? [reached.loss, reached.nll] : [])].filter(Number.isFinite);
  const domain = [Math.min(0, ...values), Math.max(...values, 1e-6) * 1.02];
  return (
    <DataTable title={title} table={table}>
      {lead}
      <ChartFrame height={reached ? 92 : 66} label={label}>
        {(width) => {
          const x = scaleLinear()
            .domain(domain)
            .range([SIDE, Math.max(SIDE + 1, width - SIDE)]);
          const xOf = (value: number) => (Number.isFinite(value) ? x(value) : x.range()[1]!);
          const lowest = floor === undefined ? '' : l10n.t('floor {0}', floor > 1e-9 ? shown(floor) : '0');
          const guessEnd = Math.min(width - 2, Math.max(xOf(guess), SIDE + textWidth(guessing)));
          return (
            <>
              <BottomAxis x={x} y={TOP + BAR} />
              {floor !== undefined && floor > 0 && (
                <rect class="floor" x={SIDE} y={TOP} width={xOf(floor) - SIDE} height={BAR}>
                  <title>{l10n.t('Floor {0}: the entropy of the smoothed targets', exactLoss(floor))}</title>
                </rect>
              )}
              {reached ? (
                floor !== undefined &&
                reached.excess !== undefined &&
                !Number.isNaN(reached.excess) && (
                  <Excess from={xOf(floor)} to={xOf(reached.loss)} excess={reached.excess} />
                )
              ) : (
                <rect
                  class="reach"
                  x={xOf(floor ?? 0)}
                  y={TOP}
                  width={Math.max(0, xOf(guess) - xOf(floor ?? 0))}
                  height={BAR}
                >
                  <title>{l10n.t('What training can remove: {0}', exactLoss(guess - (floor ?? 0)))}</title>
                </rect>
              )}
              {Number.isFinite(guess) && (
                <MarkLine mark="guess" x={xOf(guess)} from={TOP - 8} to={TOP + BAR + 5} />
              )}
              <text class="floor" x={SIDE} y={TOP - 10}>
                {lowest}
              </text>
              {Number.isFinite(guess) && guessEnd - textWidth(guessing) > SIDE + textWidth(lowest) + GAP && (
                <text class="quiet" transform={`translate(${guessEnd},${TOP - 12})`} text-anchor="end">
                  {guessing}
                </text>
              )}
              {reached && (
                <Marks reached={reached} guess={guess} xOf={xOf} width={width} {...{ shown, nllWords }} />
              )}
            </>
          );
        }}
      </ChartFrame>
    </DataTable>
  );
}

function Excess({
  from,
  to,
  excess,
}: {
  readonly from: number;
  readonly to: number;
  readonly excess: number;
}) {
  return (
    <rect class="excess" x={from} y={TOP} width={Math.max(0, to - from)} height={BAR}>
      <title>
        {l10n.t('Excess {0}: the KL divergence of the predictions from the targets', exactLoss(excess))}
      </title>
    </rect>
  );
}

interface MarkLineProps {
  readonly mark: string;
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** A line across the bar: what is beside it there keeps the colours of both apart. */
function MarkLine({ mark, x, from, to }: MarkLineProps) {
  return (
    <>
      <path class="beside" d={`M${x},${TOP}V${TOP + BAR - 1}`} />
      <path class={mark} d={`M${x},${from}V${to}`} />
    </>
  );
}

/** A bar ends at the loss, so that what is said of it may be written on the bar. */
function isOnBar(excess: number | undefined): boolean {
  return excess !== undefined && excess > 0;
}

interface MarksProps {
  readonly reached: Reached;
  readonly guess: number;
  readonly xOf: (value: number) => number;
  readonly width: number;
  readonly shown: (value: number) => string;
  readonly nllWords: (nats: string) => string;
}

function Marks({ reached: { loss, nll, excess }, guess, xOf, width, shown, nllWords }: MarksProps) {
  const lossText = l10n.t('loss {0}', shown(loss));
  const lossEnd = xOf(loss) + 6 + textWidth(lossText, BOLD);
  const crossesGuess = xOf(guess) > xOf(loss) && xOf(guess) < lossEnd + 2;
  const lossFits = lossEnd <= width && !(crossesGuess && isOnBar(excess));
  const plain = nllWords(shown(nll));
  const half = textWidth(plain) / 2;
  // On the bar the words end at the loss: a line through them can't be read, and the triangle says the same.
  const crossesWords =
    !lossFits && xOf(nll) < xOf(loss) && xOf(nll) > xOf(loss) - 6 - textWidth(lossText, BOLD) - 4;
  // What isn't a number has no place on an axis.
  return (
    <>
      {!Number.isNaN(loss) && (
        <text
          class={lossFits || !isOnBar(excess) ? 'loss' : 'loss inside'}
          transform={`translate(${xOf(loss) + (lossFits ? 6 : -6)},${TOP + 13})`}
          text-anchor={lossFits ? 'start' : 'end'}
        >
          {lossText}
        </text>
      )}
      {!Number.isNaN(nll) && (
        <>
          <path class="nll" d={`M${xOf(nll)},${TOP + BAR}l4.5,7h-9z`}>
            <title>{l10n.t('NLL {0}: the loss with hard targets', exactLoss(nll))}</title>
          </path>
          {!crossesWords && <MarkLine mark="nll line" x={xOf(nll)} from={TOP} to={TOP + BAR} />}
          <text
            class="nll"
            transform={`translate(${Math.max(half, Math.min(xOf(nll), width - half))},${TOP + BAR + 38})`}
            text-anchor="middle"
          >
            {plain}
          </text>
        </>
      )}
    </>
  );
}
