/** What most people use is up to here: it has most of the slider. */
const FINE_END = 0.3;
const FINE_STEPS = 60;
const COARSE_STEPS = 35;

/** The last position of the slider, which is α = 1. The first is α = 0; each is one step of a key. */
export const LAST_POSITION = FINE_STEPS + COARSE_STEPS;

/** α at a position of the slider: in steps of 0.005 up to 0.3, then of 0.02. */
export function alphaAt(position: number): number {
  const alpha =
    position <= FINE_STEPS
      ? (position * FINE_END) / FINE_STEPS
      : FINE_END + ((position - FINE_STEPS) * (1 - FINE_END)) / COARSE_STEPS;
  // As people write it: 0.1, not 0.10000000000000002.
  return Number(alpha.toFixed(3));
}

/** Where α is on the slider, between two positions perhaps. */
export function sliderPosition(alpha: number): number {
  return alpha <= FINE_END
    ? (alpha / FINE_END) * FINE_STEPS
    : FINE_STEPS + ((alpha - FINE_END) / (1 - FINE_END)) * COARSE_STEPS;
}
