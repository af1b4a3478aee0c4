import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { plain } from '../../../words/numberFormat.ts';
import { ChartFrame, LeftGrid } from '../../charts/chartFrame.tsx';
import { shownAs } from '../../charts/chartTable.ts';
import { DataTable } from '../../charts/dataTable.tsx';
import { textWidth } from '../../charts/textWidth.ts';
import { marksIn, nearestMark } from '../state/measuredEpochs.ts';
import type { StoryView } from '../state/storyView.ts';
import { meanAt, meanOf, valuesAt } from '../state/trainedPart.ts';
import { figureText } from '../words/labNumbers.ts';

/** Curves of one figure: a line for each seed, and their mean. */
export interface CurveSet {
  readonly figure: LabFigure;
  /** Number among the plan's α. */
  readonly alpha: number;
  readonly mark: 'hard' | 'smoothed';
  readonly isDashed?: boolean;
  readonly name: string;
}

/** A level that's known before anything is trained. */
export interface KnownLevel {
  readonly value: number;
  readonly name: string;
  readonly kind: 'guess' | 'optimum' | 'zero';
}

interface Props {
  readonly view: StoryView;
  readonly title: string;
  readonly curves: readonly CurveSet[];
  readonly levels: readonly KnownLevel[];
  /** No curve is drawn above it. */
  readonly highest: number;
  /** `auto`: what is measured. */
  readonly lowest?: number | 'auto';
  /** A grey area from 0 to here. */
  readonly floor?: number;
  readonly isShare?: boolean;
  readonly children?: ComponentChildren;
}

const HEIGHT = 190;
const MARGIN = { top: 12, right: 8, left: 38, bottom: 24 };
const LEVEL_ABOVE = 5;
/** Where the name of a curve is, from its end; and what it needs, in pixels. */
const [NAME_ABOVE, NAME_BELOW, NAME_HEIGHT, NAME_DISTANCE] = [8, 16, 12, 30];
const LOWEST_NAME = HEIGHT - MARGIN.bottom - 2;
/** Beside the names, at the right, other words begin. */
const NAME_ROOM = 60;

/** Figures over time. Pointing at it looks at that epoch, everywhere. */
export function TimeChart(props: Props) {
  const { view, title, curves, children } = props;
  const { part, epoch } = view;
  const table = () => ({
    head: [l10n.t('epoch'), ...curves.map(({ name }) => name)],
    rows: part
      ? marksIn(part).map((mark) => [
          mark,
          ...curves.map(({ figure, alpha }) =>
            shownAs(meanAt(part, alpha, figure, mark), (value) => figureText(figure, value)),
          ),
        ])
      : [],
  });
  const said = part
    ? curves
        .map(
          ({ figure, alpha, name }) => `${name}: ${figureText(figure, meanAt(part, alpha, figure, epoch))}`,
        )
        .join(', ')
    : l10n.t('Nothing is trained yet');
  return (
    <DataTable title={title} table={table}>
      <ChartFrame height={HEIGHT} label={said}>
        {(width) => <Drawing {...props} width={width} />}
      </ChartFrame>
      {children}
    </DataTable>
  );
}

function Drawing({
  view,
  curves,
  levels,
  highest,
  lowest = 0,
  floor,
  isShare = false,
  width,
}: Props & { readonly width: number }) {
  const { store, part, epoch, epochs, state, phase } = view;
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const bottom = HEIGHT - MARGIN.bottom;
  const marks = marksIn(part);
  const values = part
    ? curves.flatMap(({ figure, alpha }) => marks.flatMap((mark) => valuesAt(part, alpha, figure, mark)))
    : [];
  const known = values.filter(Number.isFinite);
  const largest = Math.max(0, ...known);
  const top = Math.min(highest, Math.max(largest * 1.05, ...levels.map(({ value }) => value * 1.12)));
  const base = lowest === 'auto' ? 1.1 * Math.min(0, ...known) : lowest;
  // Shares are read in percent.
  const unit = isShare ? 100 : 1;
  const x = scaleLinear()
    .domain([0, Math.max(1, epochs)])
    .range([left, right]);
  const scale = scaleLinear()
    .domain([unit * base, unit * top])
    .range([bottom, MARGIN.top]);
  const y = (value: number) => scale(unit * value);
  // What is beyond the picture is drawn at its edge.
  const within = (value: number) => Math.max(base, Math.min(top, value));
  const path = (points: readonly number[]) => {
    const drawn = points.flatMap((value, i) =>
      Number.isFinite(value) ? [`${x(marks[i]!).toFixed(1)},${y(within(value)).toFixed(1)}`] : [],
    );
    return drawn.length > 0 ? `M${drawn.join('L')}` : '';
  };
  const pointAt = (event: PointerEvent & { readonly currentTarget: SVGElement }) => {
    if (phase.kind !== 'finished' && phase.kind !== 'cancelled') return;
    const box = event.currentTarget.getBoundingClientRect();
    const wanted = x.invert(left + ((event.clientX - box.left) / box.width) * (right - left));
    const mark = nearestMark(part, wanted);
    if (mark !== state.epoch) store.look(mark);
  };
  const now = epoch ?? marks.at(-1);
  const ends = part
    ? curves
        .filter(({ isDashed }) => !isDashed)
        .map(({ figure, alpha, mark }) => ({
          name: `α = ${plain(part.plan.settings.alphas[alpha]!)}`,
          mark,
          y: y(within(meanAt(part, alpha, figure, null))),
        }))
        .filter((end) => Number.isFinite(end.y) && !levels.some(({ value }) => isWhere(y(value), end.y)))
    : [];
  return (
    <>
      {floor !== undefined && floor > 0 && (
        <g>
          <rect
            class="floor"
            x={left}
            width={right - left}
            y={y(floor)}
            height={Math.max(0, bottom - y(floor))}
          />
        </g>
      )}
      <LeftGrid y={scale} ticks={scale.ticks(4)} left={left} right={right} />
      {levels.map(({ value, name, kind }) => (
        <g key={name} class={`level ${kind}`}>
          <line x1={left} x2={right} y1={y(value)} y2={y(value)} />
          <text x={right} y={y(value) - LEVEL_ABOVE} text-anchor="end">
            {name}
          </text>
        </g>
      ))}
      {part &&
        curves.map(({ figure, alpha, mark, isDashed }) => {
          const bySeed = marks.map((each) => valuesAt(part, alpha, figure, each));
          const seeds = bySeed[0]?.length ?? 0;
          const style = isDashed ? `${mark} dashed` : mark;
          const means = bySeed.map(meanOf);
          const at = now === undefined ? -1 : marks.indexOf(now);
          return (
            <g key={`${figure} ${alpha}`}>
              {Array.from({ length: seeds }, (_, seed) => (
                <path
                  key={String(seed)}
                  class={`seed ${style} ${state.pointed === seed ? 'pointed' : ''}`}
                  d={path(bySeed.map((each) => each[seed]!))}
                />
              ))}
              <path class={`mean ${style}`} d={path(means)} />
              {at >= 0 && Number.isFinite(means[at]!) && (
                <circle class={`end ${mark}`} cx={x(now!)} cy={y(within(means[at]!))} r={3} />
              )}
            </g>
          );
        })}
      <CurveNames ends={ends} x={right} />
      {floor !== undefined && floor > 0 && (
        <text class="floor" x={right - NAME_ROOM} y={Math.min(bottom - 6, y(floor) + 16)} text-anchor="end">
          {l10n.t('floor {0}', floor.toFixed(3))}
        </text>
      )}
      {epoch !== null && <line class="now" x1={x(epoch)} x2={x(epoch)} y1={MARGIN.top} y2={bottom} />}
      <line class="axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      <TimeTicks x={x} y={bottom + 15} epochs={epochs} />
      <rect
        class="hit"
        x={left}
        width={Math.max(0, right - left)}
        y={0}
        height={bottom}
        onPointerMove={pointAt}
        onPointerLeave={() => {
          if (phase.kind === 'finished' && state.epoch !== null && !state.isPlaying) store.look(null);
        }}
      />
    </>
  );
}

/** True if the words on a level are where the name of a curve's end would be. */
function isWhere(level: number, end: number): boolean {
  return Math.abs(level - LEVEL_ABOVE - (end - NAME_ABOVE)) < NAME_HEIGHT;
}

interface CurveEnd {
  readonly name: string;
  readonly mark: 'hard' | 'smoothed';
  readonly y: number;
}

/** What each curve is, at its end: the upper one's name above it, the lower one's below it if there'd be no room between them. */
function CurveNames({ ends, x }: { readonly ends: readonly CurveEnd[]; readonly x: number }) {
  const ordered = ends.toSorted((a, b) => a.y - b.y);
  return ordered.map(({ name, mark, y }, i) => {
    const above = ordered[i - 1];
    const isBelow = above !== undefined && y - above.y < NAME_DISTANCE && y + NAME_BELOW < LOWEST_NAME;
    // Two that end in the same place are told apart by their colours alone.
    if (above !== undefined && !isBelow && y - above.y < NAME_HEIGHT) return null;
    return (
      <text
        key={mark}
        class={mark === 'smoothed' ? 'name t' : 'name'}
        x={x}
        y={isBelow ? y + NAME_BELOW : y - NAME_ABOVE}
        text-anchor="end"
      >
        {name}
      </text>
    );
  });
}

/** 0, the middle and the end, with the word between them. */
function TimeTicks({
  x,
  y,
  epochs,
}: {
  readonly x: (epoch: number) => number;
  readonly y: number;
  readonly epochs: number;
}) {
  const name = l10n.t('epoch');
  const middle = epochs / 2;
  const hasRoom = x(epochs) - x(0) > textWidth(name) * 2 + 90;
  return (
    <>
      <text class="quiet" x={x(0)} y={y} text-anchor="start">
        0
      </text>
      <text class="quiet" x={x(epochs)} y={y} text-anchor="end">
        {plain(epochs)}
      </text>
      <text class="quiet" x={x(middle)} y={y} text-anchor="middle">
        {hasRoom ? name : ''}
      </text>
    </>
  );
}
