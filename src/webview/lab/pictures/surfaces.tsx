import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CLOUD_BEST_ACCURACY, cloudPosterior, drawClouds, squareOfPoints } from '../../../lab/data/clouds.ts';
import { SURFACE_REACH } from '../../../lab/experiments/comparison.ts';
import { plain } from '../../../words/numberFormat.ts';
import { ChartFrame } from '../../charts/chartFrame.tsx';
import { shownAs } from '../../charts/chartTable.ts';
import { DataTable } from '../../charts/dataTable.tsx';
import type { StoryView } from '../state/storyView.ts';
import { countedRuns, meanAt, snapshotAt, valuesAt } from '../state/trainedPart.ts';
import { figureText } from '../words/labNumbers.ts';
import { SeedStrip } from './seedStrip.tsx';
import { type ProbedSquare, paintSurface, sureLine, surfaceColors, themeSign } from './surfaceImage.ts';

interface Props {
  readonly view: StoryView;
}

/** A side of a square, and of a small one: all are drawn anew ten times a second while networks train. */
const [PIXELS, SMALL_PIXELS] = [96, 30];
const SIDE = 25;
const GAP = 14;
const CAPTION = 22;
/** A line is drawn where the largest probability is this. */
const LINE_LEVEL = 0.9;
/** Four squares: truth and words, without smoothing and with it. */
const TRUTH: ProbedSquare = {
  probabilities: cloudPosterior(squareOfPoints(SIDE, SURFACE_REACH)),
  classes: 3,
};

/** How sure one network is, and where: what is true beside it. */
export function Surfaces({ view }: Props) {
  const { part, epoch, alpha, alphaIndex, state, setup } = view;
  const a = plain(alpha);
  const confidence = (of: number) =>
    part ? meanAt(part, of, 'overconfidence', epoch) + meanAt(part, of, 'accuracy', epoch) : Number.NaN;
  const sizes = part?.plan.settings.sizes ?? view.store.planned[0]?.settings.sizes;
  const table = () => ({
    head: [l10n.t('seed'), ...['α = 0', `α = ${a}`].map((name) => l10n.t('mean confidence, {0}', name))],
    rows: part
      ? valuesAt(part, 0, 'accuracy', epoch).map((_, seed) => [
          String(seed + 1),
          ...[0, alphaIndex].map((of) =>
            shownAs(
              valuesAt(part, of, 'overconfidence', epoch)[seed]! +
                valuesAt(part, of, 'accuracy', epoch)[seed]!,
              (value) => figureText('accuracy', value),
            ),
          ),
        ])
      : [],
  });
  const said = part
    ? l10n.t(
        'Mean confidence on held-out points: {0} without smoothing, {2} with α = {1}.',
        figureText('accuracy', confidence(0)),
        a,
        figureText('accuracy', confidence(alphaIndex)),
      )
    : l10n.t('The true probabilities; no network yet.');
  const points = useMemo(
    () => (sizes ? drawClouds(state.seed, { train: sizes.train, validation: 1, test: 1 }).train : undefined),
    [state.seed, sizes?.train],
  );
  const squares = [0, alphaIndex].map((of) => squareAt(view, of, state.seed));
  const [largestSide, setSide] = useState(0);
  return (
    <>
      <DataTable title={l10n.t('How confident, and where')} table={table}>
        <ChartFrame height={2 * largestSide + GAP + 2 * CAPTION} label={said}>
          {(width) => {
            const side = Math.floor((width - GAP) / 2);
            if (side !== largestSide) queueMicrotask(() => setSide(side));
            return (
              <>
                <Square x={0} y={0} side={side} square={TRUTH} points={undefined} />
                <Caption
                  x={0}
                  y={side}
                  side={side}
                  name={l10n.t('The truth')}
                  mark=""
                  says={l10n.t('{0} sure', figureText('accuracy', CLOUD_BEST_ACCURACY))}
                />
                <Words x={side + GAP} side={side} />
                {squares.map((square, i) => (
                  <g key={i === 0 ? 'hard' : 'smoothed'}>
                    <Square
                      x={i * (side + GAP)}
                      y={side + CAPTION + GAP / 2}
                      side={side}
                      square={square}
                      points={points}
                    />
                    <Caption
                      x={i * (side + GAP)}
                      y={2 * side + CAPTION + GAP / 2}
                      side={side}
                      name={i === 0 ? 'α = 0' : `α = ${a}`}
                      mark={i === 0 ? '' : 't'}
                      says={
                        part
                          ? l10n.t('{0} sure', figureText('accuracy', confidence(i === 0 ? 0 : alphaIndex)))
                          : ''
                      }
                    />
                  </g>
                ))}
              </>
            );
          }}
        </ChartFrame>
        <p class="says">
          {l10n.t(
            'Stronger purple means more confidence; the line is at 90 %. Marks are the {0} training points, one shape per class.',
            sizes?.train ?? 60,
          )}
        </p>
      </DataTable>
      <SeedStrip
        view={view}
        seeds={part ? countedRuns(part).reduce((sum, run) => sum + run.seeds.count, 0) : setup.seeds}
        source={(of, seed) => squareAt(view, of, seed)?.probabilities.buffer}
        pixels={SMALL_PIXELS}
        draw={(canvas, of, seed) => paintSurface(canvas, squareAt(view, of, seed)!, surfaceColors())}
      />
    </>
  );
}

/** What a seed's network said of the square at the epoch that is looked at. */
function squareAt({ part, epoch }: StoryView, alpha: number, seed: number): ProbedSquare | undefined {
  if (!part) return undefined;
  let first = 0;
  for (const run of countedRuns(part)) {
    const { count } = run.seeds;
    const probe = snapshotAt(run, epoch)?.probe;
    if (seed < first + count && probe) {
      const size = SIDE * SIDE * 3;
      const start = (alpha * count + seed - first) * size;
      return { probabilities: probe.subarray(start, start + size), classes: 3 };
    }
    first += count;
  }
  return undefined;
}

interface SquareProps {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly square: ProbedSquare | undefined;
  readonly points: { readonly features: Float32Array; readonly labels: Int32Array } | undefined;
}

function Square({ x, y, side, square, points }: SquareProps) {
  const canvas = useRef<HTMLCanvasElement>(undefined);
  const image = useRef<SVGImageElement>(null);
  useLayoutEffect(() => {
    if (!square || !image.current) return;
    canvas.current ??= Object.assign(document.createElement('canvas'), { width: PIXELS, height: PIXELS });
    paintSurface(canvas.current, square, surfaceColors());
    image.current.setAttribute('href', canvas.current.toDataURL?.() ?? '');
  }, [square?.probabilities.buffer, square?.probabilities.byteOffset, themeSign()]);
  const line = useMemo(
    () => (square && side > 0 ? sureLine(square, LINE_LEVEL, side) : ''),
    [square?.probabilities.buffer, square?.probabilities.byteOffset, side],
  );
  const place = (value: number) => ((value / SURFACE_REACH + 1) / 2) * side;
  return (
    <g transform={`translate(${x},${y})`}>
      {square ? (
        <image ref={image} width={side} height={side} preserveAspectRatio="none" />
      ) : (
        <text class="quiet" x={side / 2} y={side - 10} text-anchor="middle">
          {l10n.t('no network yet')}
        </text>
      )}
      <path class="sure-line around" d={line} />
      <path class="sure-line" d={line} />
      <rect class="frame" width={side} height={side} />
      {points &&
        [...points.labels].map((label, row) => {
          const [px, py] = [place(points.features[2 * row]!), side - place(points.features[2 * row + 1]!)];
          if (px < 4 || py < 4 || px > side - 4 || py > side - 4) return null;
          return (
            <path key={String(row)} class="point" d={SHAPES[label]!} transform={`translate(${px},${py})`} />
          );
        })}
    </g>
  );
}

/** A class is a shape: colour says which network it is. */
export const SHAPES: readonly string[] = [
  'M-3,-3H3V3H-3Z',
  'M3.2,0A3.2,3.2 0 1 1 -3.2,0A3.2,3.2 0 1 1 3.2,0Z',
  'M0,-4L3.6,2.6H-3.6Z',
];

function Caption(props: {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly name: string;
  readonly mark: string;
  readonly says: string;
}) {
  const { x, y, side, name, mark, says } = props;
  return (
    <>
      <text class={`caption ${mark}`} x={x} y={y + 15}>
        {name}
      </text>
      <text class="quiet" x={x + side} y={y + 15} text-anchor="end">
        {says}
      </text>
    </>
  );
}

/** The scale, and what to look for. */
function Words({ x, side }: { readonly x: number; readonly side: number }) {
  const gradient = 'torn-to-certain';
  const lines = l10n.t('In truth, purple is strong\nonly far from the borders.').split('\n');
  return (
    <g transform={`translate(${x},${side / 2 - 34})`}>
      <defs>
        <linearGradient id={gradient}>
          <stop offset="0" class="torn" />
          <stop offset="1" class="sure" />
        </linearGradient>
      </defs>
      <rect width={Math.min(140, side)} height={10} fill={`url(#${gradient})`} />
      <text class="quiet" y={26}>
        {l10n.t('torn')}
      </text>
      <text class="quiet" x={Math.min(140, side)} y={26} text-anchor="end">
        {l10n.t('certain')}
      </text>
      {lines.map((line, i) => (
        <text key={line} y={50 + 16 * i}>
          {line}
        </text>
      ))}
    </g>
  );
}
