import * as l10n from '@vscode/l10n';
import { plain } from '../../../words/numberFormat.ts';
import type { StoryView } from '../state/storyView.ts';
import { useDrawn } from './drawQueue.ts';

interface Props {
  readonly view: StoryView;
  readonly seeds: number;
  /** What is drawn of a network: the same object as long as it's the same; undefined if there's nothing yet. */
  readonly source: (alpha: number, seed: number) => object | undefined;
  readonly draw: (canvas: HTMLCanvasElement, alpha: number, seed: number) => void;
  /** What they're drawn with: another one where the theme is another. */
  readonly look: unknown;
  /** Pixels a side of a small picture. */
  readonly pixels: number;
}

/** More seeds than this have no picture of their own. */
const MOST_SHOWN = 16;

/** All seeds in small: nobody has to believe that the one in the picture wasn't chosen. A click looks at that one. */
export function SeedStrip({ view, seeds, source, draw, look, pixels }: Props) {
  const { state, store, alpha, alphaIndex } = view;
  const shown = Math.min(seeds, MOST_SHOWN);
  return (
    <section class="strip" aria-label={l10n.t('All seeds')}>
      <div class="title">
        <h2>{l10n.t('All seeds')}</h2>
        <span class="quiet">{l10n.t('enlarged: seed {0}', state.seed + 1)}</span>
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
                look={look}
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
  readonly look: unknown;
}

/** Drawn anew only if it's of something else, or in another theme. */
function Small({ source, draw, pixels, look }: SmallProps) {
  return <canvas ref={useDrawn([source, look], draw, true)} width={pixels} height={pixels} />;
}
