import * as l10n from '@vscode/l10n';
import { useMemo, useState } from 'preact/hooks';
import {
  CLOUD_BEST_ACCURACY,
  cloudPosterior,
  drawClouds,
  squareOfPoints,
} from '../../../../lab/data/clouds.ts';
import { SURFACE_REACH } from '../../../../lab/experiments/comparison.ts';
import { plain } from '../../../../words/numberFormat.ts';
import { ChartFrame } from '../../../charts/chartFrame.tsx';
import { shownAs } from '../../../charts/chartTable.ts';
import { DataTable } from '../../../charts/dataTable.tsx';
import type { StoryView } from '../../state/storyView.ts';
import { countedRuns, meanAt, snapshotAt, type TrainedPart, valuesAt } from '../../state/trainedPart.ts';
import { figureText } from '../../words/labNumbers.ts';
import { SeedStrip } from '../seedStrip.tsx';
import type { ProbedSquare } from './sureness.ts';
import { SurfacePainter, themeSign } from './surfacePainter.ts';
import { SurfaceSquare } from './surfaceSquare.tsx';
import { Caption, Words } from './surfaceWords.tsx';

interface Props {
  readonly view: StoryView;
}

/** A side of a square, and of a small one. */
const [PIXELS, SMALL_PIXELS] = [96, 30];
const SIDE = 25;
const GAP = 14;
const CAPTION = 22;
/** Four squares: truth and words, without smoothing and with it. */
const TRUTH: ProbedSquare = {
  probabilities: cloudPosterior(squareOfPoints(SIDE, SURFACE_REACH)),
  classes: 3,
};

/** Mean confidence of one network on held-out points. */
function ofSeed(part: TrainedPart, alpha: number, seed: number, epoch: number | null): number {
  return (
    valuesAt(part, alpha, 'overconfidence', epoch)[seed]! + valuesAt(part, alpha, 'accuracy', epoch)[seed]!
  );
}

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
            shownAs(ofSeed(part, of, seed, epoch), (value) => figureText('accuracy', value)),
          ),
        ])
      : [],
  });
  const said = part
    ? l10n.t(
        'Mean confidence on held-out rows: {0} without smoothing, {2} with α = {1}.',
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
  const [large, small] = useMemo(
    () => [new SurfacePainter(PIXELS), new SurfacePainter(SMALL_PIXELS)],
    [themeSign()],
  );
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
                <SurfaceSquare x={0} y={0} side={side} square={TRUTH} points={undefined} painter={large!} />
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
                    <SurfaceSquare
                      x={i * (side + GAP)}
                      y={side + CAPTION + GAP / 2}
                      side={side}
                      square={square}
                      points={points}
                      painter={large!}
                    />
                    <Caption
                      x={i * (side + GAP)}
                      y={2 * side + CAPTION + GAP / 2}
                      side={side}
                      name={i === 0 ? 'α = 0' : `α = ${a}`}
                      mark={i === 0 ? '' : 't'}
                      says={
                        part
                          ? l10n.t(
                              '{0} sure',
                              figureText(
                                'accuracy',
                                ofSeed(part, i === 0 ? 0 : alphaIndex, state.seed, epoch),
                              ),
                            )
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
            'A stronger colour means more confidence; the line is at 90 %. The marks are the {0} training rows, one shape per class.',
            sizes?.train ?? 60,
          )}
        </p>
      </DataTable>
      <SeedStrip
        view={view}
        seeds={part ? countedRuns(part).reduce((sum, run) => sum + run.seeds.count, 0) : setup.seeds}
        source={(of, seed) => squareAt(view, of, seed)?.probabilities.buffer}
        pixels={SMALL_PIXELS}
        look={small}
        draw={(canvas, of, seed) => small!.paint(canvas, squareAt(view, of, seed)!)}
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
