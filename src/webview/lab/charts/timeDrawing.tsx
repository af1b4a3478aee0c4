import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { useRef } from 'preact/hooks';
import { plain } from '../../../words/numberFormat.ts';
import { LeftGrid } from '../../charts/chartFrame.tsx';
import { marksIn, nearestMark } from '../state/measuredEpochs.ts';
import { meanAt, meanOf, valuesAt } from '../state/trainedPart.ts';
import { CurveNames, isCovered, levelWordsAt, placedNames } from './curveNames.tsx';
import type { TimeChartProps } from './curveSet.ts';
import { TimeTicks } from './timeTicks.tsx';

export const HEIGHT = 190;
const MARGIN = { top: 12, right: 8, left: 38, bottom: 24 };
/** Beside the names, at the right, other words begin. */
const NAME_ROOM = 60;

/** Curves, levels and the epoch that is looked at. */
export function TimeDrawing({
  view,
  curves,
  levels,
  highest,
  lowest = 0,
  floor,
  isShare = false,
  width,
}: TimeChartProps & { readonly width: number }) {
  const { store, part, epoch, epochs, state, phase } = view;
  /** Where the time stood before the pointer came. */
  const before = useRef<number | null>(null);
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const bottom = HEIGHT - MARGIN.bottom;
  const marks = marksIn(part);
  const values = part
    ? curves.flatMap(({ figure, alpha }) => marks.flatMap((mark) => valuesAt(part, alpha, figure, mark)))
    : [];
  const known = values.filter(Number.isFinite);
  const largest = Math.max(0, ...known);
  const reached = Math.min(highest, Math.max(largest * 1.05, ...levels.map(({ value }) => value * 1.12)));
  const base = lowest === 'auto' ? 1.1 * Math.min(0, ...known) : lowest;
  // Before anything is measured there's all that may come.
  const top = reached > base ? reached : Number.isFinite(highest) ? highest : base + 1;
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
  const standsStill = phase.kind === 'finished' || phase.kind === 'cancelled' || phase.kind === 'hidden';
  const pointAt = (event: PointerEvent & { readonly currentTarget: SVGElement }) => {
    if (!standsStill) return;
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
        .filter((end) => Number.isFinite(end.y))
    : [];
  const lastX = x(marks.at(-1) ?? 0);
  const worded = levels.map((level) => ({
    ...level,
    wordsAt: levelWordsAt(y(level.value), lastX < right ? [] : ends, bottom - 2),
  }));
  const names = placedNames(ends, { x: lastX, right, lowest: bottom - 2 }).filter(
    (placed) => !worded.some((level) => isCovered(placed, level, right)),
  );
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
      {epoch !== null && <line class="now" x1={x(epoch)} x2={x(epoch)} y1={MARGIN.top} y2={bottom} />}
      {/* Words are over all lines, so that none strikes them through. */}
      {worded.map(({ name, kind, wordsAt }) => (
        <g key={name} class={`level ${kind}`}>
          <text x={right} y={wordsAt} text-anchor="end">
            {name}
          </text>
        </g>
      ))}
      <CurveNames names={names} floor={floor ? y(floor) : bottom} />
      {floor !== undefined && floor > 0 && (
        <text class="floor" x={right - NAME_ROOM} y={Math.min(bottom - 6, y(floor) + 16)} text-anchor="end">
          {l10n.t('floor {0}', floor.toFixed(3))}
        </text>
      )}
      <line class="axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      <TimeTicks x={x} y={bottom + 15} epochs={epochs} />
      <rect
        class="hit"
        x={left}
        width={Math.max(0, right - left)}
        y={0}
        height={bottom}
        onPointerEnter={() => {
          before.current = state.isPlaying ? null : state.epoch;
        }}
        onPointerMove={pointAt}
        onPointerLeave={() => {
          if (standsStill && state.epoch !== before.current && !state.isPlaying) store.look(before.current);
        }}
      />
    </>
  );
}
