import { useEffect } from 'preact/hooks';
import { nearestMark } from './measuredEpochs.ts';
import { type StoryView, viewOf } from './storyView.ts';

/** All epochs are played in this time. */
const PLAY_MS = 7_000;
/** Who wants less motion sees so many pictures instead. */
const STILL_STEPS = 10;

/** True if the person, or VS Code, asks for less motion. */
export function wantsStill(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

/** Moves the time while it's played. */
export function usePlaying({ store, state: { isPlaying } }: StoryView): void {
  useEffect(() => {
    if (!isPlaying) return;
    const begun = performance.now();
    const from = store.state.epoch ?? 0;
    let frame = 0;
    const step = (now: number) => {
      const { part, epochs } = viewOf(store);
      const share = Math.min(1, from / epochs + (now - begun) / PLAY_MS);
      const shown = wantsStill() ? Math.floor(share * STILL_STEPS) / STILL_STEPS : share;
      if (share >= 1 || !part) store.look(null);
      else {
        const next = nearestMark(part, shown * epochs);
        if (next !== store.state.epoch) store.play(next, true);
        frame = requestAnimationFrame(step);
      }
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);
}
