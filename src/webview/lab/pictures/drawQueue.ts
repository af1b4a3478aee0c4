import { createContext, type RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';

type Draw = (canvas: HTMLCanvasElement) => void;

/** Pictures are drawn in a frame until they have taken this many milliseconds. */
const BUDGET_MS = 2;

/**
 * Pictures made of pixels, which are drawn after what's around them: in each frame as many as there's time for. One that changes again
 * before its turn is drawn once, as it is then.
 */
export class DrawQueue {
  readonly #large = new Map<HTMLCanvasElement, Draw>();
  readonly #small = new Map<HTMLCanvasElement, Draw>();
  #isAsked = false;

  /** Large ones are drawn before small ones. */
  add(canvas: HTMLCanvasElement, draw: Draw, isSmall: boolean): void {
    (isSmall ? this.#small : this.#large).set(canvas, draw);
    this.#ask();
  }

  #ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => this.#drawSome());
  }

  #drawSome(): void {
    this.#isAsked = false;
    const end = performance.now() + BUDGET_MS;
    for (const waiting of [this.#large, this.#small])
      for (const [canvas, draw] of waiting) {
        waiting.delete(canvas);
        draw(canvas);
        if (performance.now() < end) continue;
        if (this.#large.size + this.#small.size > 0) this.#ask();
        return;
      }
  }
}

export const DrawQueueContext = createContext<DrawQueue | undefined>(undefined);

/** A canvas that is drawn in its turn whenever one of `of` changes; undefined among them: there's nothing to draw yet. */
export function useDrawn(
  of: readonly unknown[],
  draw: Draw,
  isSmall = false,
): RefObject<HTMLCanvasElement | null> {
  const queue = useContext(DrawQueueContext)!;
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && !of.includes(undefined)) queue.add(canvas.current, draw, isSmall);
  }, of);
  return canvas;
}
