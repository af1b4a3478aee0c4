import { contours } from 'd3-contour';

/** Probabilities smaller than this are as good as none: their logarithm is still a number. */
const SMALLEST = 1e-12;
/** Logits this far below the largest change no colour. */
const FAR = 8;

/** A square of points, row by row from the top left, with a probability for each class. */
export interface ProbedSquare {
  /** (side · side, classes) */
  readonly probabilities: Float32Array;
  readonly classes: number;
}

/** Writes the largest probability of each pixel of a square: logits are what is interpolated between points, so borders stay sharp. */
export function surenessOf({ probabilities, classes }: ProbedSquare, sure: Float32Array): void {
  const side = Math.round(Math.sqrt(probabilities.length / classes));
  const pixels = Math.round(Math.sqrt(sure.length));
  const logs = new Float32Array(probabilities.length);
  for (let i = 0; i < logs.length; i++) logs[i] = Math.log(Math.max(probabilities[i]!, SMALLEST));
  const logits = new Float64Array(classes);
  const scale = (side - 1) / (pixels - 1);
  for (let row = 0; row < pixels; row++) {
    const v = Math.min(side - 2, Math.floor(row * scale));
    const b = row * scale - v;
    for (let column = 0; column < pixels; column++) {
      const u = Math.min(side - 2, Math.floor(column * scale));
      const a = column * scale - u;
      const at = (v * side + u) * classes;
      let largest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classes; k++) {
        const above = (1 - a) * logs[at + k]! + a * logs[at + classes + k]!;
        const below = (1 - a) * logs[at + side * classes + k]! + a * logs[at + (side + 1) * classes + k]!;
        logits[k] = (1 - b) * above + b * below;
        largest = Math.max(largest, logits[k]!);
      }
      let sum = 0;
      for (let k = 0; k < classes; k++) {
        const below = logits[k]! - largest;
        // What is the largest by far needs no exponentials.
        if (below > -FAR) sum += below === 0 ? 1 : Math.exp(below);
      }
      sure[row * pixels + column] = 1 / sum;
    }
  }
}

/** Pixels a side of the grid that a line is drawn through. */
const LINE_PIXELS = 45;

/**
 * Where the largest probability is `level`, as the path of an SVG whose square is `side` wide; empty if it's nowhere. A share of colour is
 * read only roughly; a line says where the network is as sure as that.
 */
export function sureLine(square: ProbedSquare, level: number, side: number): string {
  const sure = new Float32Array(LINE_PIXELS * LINE_PIXELS);
  surenessOf(square, sure);
  const { coordinates } = contours()
    .size([LINE_PIXELS, LINE_PIXELS])
    .contour([...sure], level);
  // The points of the grid lie in the middles of the contour's cells; its outermost are the square's edges.
  const place = (value: number) => ((value - 0.5) / (LINE_PIXELS - 1)) * side;
  const isEdge = (value: number) => value < 0.5 || value > LINE_PIXELS - 0.5;
  return coordinates
    .flat()
    .flatMap((ring) => {
      // A ring runs along the edges of the square where all of it beyond is surer: those parts aren't where it changes.
      let isDrawing = false;
      return ring.map(([x, y]) => {
        if (isEdge(x!) || isEdge(y!)) {
          isDrawing = false;
          return '';
        }
        const command = isDrawing ? 'L' : 'M';
        isDrawing = true;
        return `${command}${place(x!).toFixed(1)},${place(y!).toFixed(1)}`;
      });
    })
    .join('');
}
