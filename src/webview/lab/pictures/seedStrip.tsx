import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { plain } from '../../../words/numberFormat.ts';
import { marksIn } from '../state/measuredEpochs.ts';
import type { StoryView } from '../state/storyView.ts';
import { themeSign } from './surfaceImage.ts';

interface Props {
  readonly view: StoryView;
  readonly seeds: number;
  /** What is drawn of a network: the same object as long as it's the same; undefined if there's nothing yet. */
  readonly source: (alpha: number, seed: number) => object | undefined;
  readonly draw: (canvas: HTMLCanvasElement, alpha: number, seed: number) => void;
  /** Pixels a side of a small picture. */
  readonly pixels: number;
}

/** While networks train, so many snapshots go by from one small picture of a network to the next: not all are drawn in one frame. */
const TURNS = 4;
/** More seeds than this have no picture of their own. */
const MOST_SHOWN = 16;

/** All seeds in small: nobody has to believe that the one in the picture wasn't chosen. A click looks at that one. */
export function SeedStrip({ view, seeds, source, draw, pixels }: Props) {
  const { state, store, alpha, alphaIndex } = view;
  const shown = Math.min(seeds, MOST_SHOWN);
  const snapshots = marksIn(view.part).length;
  const isDue = (seed: number) => view.phase.kind !== 'running' || (seed + snapshots) % TURNS === 0;
  return (
    <section class="strip" aria-label={l10n.t('All seeds')}>
      <div class="title">
        <h2>{l10n.t('All seeds')}</h2>
        <span class="quiet">{l10n.t('large: seed {0}', state.seed + 1)}</span>
      </div>
      <div class="thumbs">
        <span class="names" aria-hidden="true">
          <span>α = 0</span>
          <span class="t">α = {plain(alpha)}</span>
        </span>
        {Array.from({ length: shown }, (_, seed) => (
          <button
            type="button"
            key={String(seed)}
            class={state.pointed === seed ? 'thumb pointed' : 'thumb'}
            aria-pressed={state.seed === seed}
            aria-label={l10n.t('Seed {0}', seed + 1)}
            onClick={() => store.lookAtSeed(seed)}
            onPointerEnter={() => store.point(seed)}
            onPointerLeave={() => store.point(null)}
          >
            {[0, alphaIndex].map((of) => (
              <Small
                key={of === 0 ? 'hard' : 'smoothed'}
                source={source(of, seed)}
                draw={(canvas) => draw(canvas, of, seed)}
                pixels={pixels}
                isDue={isDue(seed)}
              />
            ))}
          </button>
        ))}
      </div>
    </section>
  );
}

interface SmallProps {
  readonly source: object | undefined;
  readonly draw: (canvas: HTMLCanvasElement) => void;
  readonly pixels: number;
  readonly isDue: boolean;
}

/** Drawn anew, when it's due, only if it's of something else, or the theme has changed. */
function Small({ source, draw, pixels, isDue }: SmallProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && source && isDue) draw(canvas.current);
  }, [isDue ? source : undefined, themeSign()]);
  return <canvas ref={canvas} width={pixels} height={pixels} />;
}
