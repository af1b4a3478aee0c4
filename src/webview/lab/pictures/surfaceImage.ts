import { contours } from 'd3-contour';
import { plainColor } from '../../export/picture/plainColors.ts';

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

/** Largest probability of each pixel: logits are what is interpolated between points, so borders stay sharp. (pixels · pixels) */
export function surenessOf({ probabilities, classes }: ProbedSquare, pixels: number): Float32Array {
  const side = Math.round(Math.sqrt(probabilities.length / classes));
  const logs = Float32Array.from(probabilities, (p) => Math.log(Math.max(p, SMALLEST)));
  const logits = new Float64Array(classes);
  const sure = new Float32Array(pixels * pixels);
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
  return sure;
}

/** The colours of “torn” and “certain”, of the theme. */
export interface SurfaceColors {
  readonly torn: readonly [number, number, number];
  readonly sure: readonly [number, number, number];
}

/** Those of the page as it is now. */
export function surfaceColors(): SurfaceColors {
  const style = getComputedStyle(document.body);
  const background = rgbOf(style.getPropertyValue('--vscode-editor-background'));
  const prediction = rgbOf(style.getPropertyValue('--vscode-smoothLabels-prediction'));
  const mixed = (share: number) =>
    background.map(
      (value, i) => value + share * (prediction[i]! - value),
    ) as unknown as SurfaceColors['torn'];
  return { torn: mixed(0.04), sure: mixed(0.92) };
}

function rgbOf(color: string): readonly [number, number, number] {
  const { hex } = plainColor(color.trim() === '' ? '#888888' : color.trim());
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** Draws how sure a network is at each pixel; a third of the way up a border stands out more than it would by its number. */
export function paintSurface(canvas: HTMLCanvasElement, square: ProbedSquare, colors: SurfaceColors): void {
  const { width } = canvas;
  // Its pixels come from here and are read again: nothing is gained where the screen's memory is.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context?.createImageData) return;
  const sure = surenessOf(square, width);
  const image = context.createImageData(width, width);
  const least = 1 / square.classes;
  sure.forEach((p, i) => {
    const share = Math.max(0, (p - least) / (1 - least));
    for (let channel = 0; channel < 3; channel++) {
      const [from, to] = [colors.torn[channel]!, colors.sure[channel]!];
      image.data[4 * i + channel] = from + share * (to - from);
    }
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
}

/** Pixels a side of the grid that a line is drawn through. */
const LINE_PIXELS = 45;

/**
 * Where the largest probability is `level`, as the path of an SVG whose square is `side` wide; empty if it's nowhere. A share of colour is
 * read only roughly; a line says where the network is as sure as that.
 */
export function sureLine(square: ProbedSquare, level: number, side: number): string {
  const sure = surenessOf(square, LINE_PIXELS);
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

/** The same as long as the theme is. */
export function themeSign(): string {
  return `${document.body.className} ${document.body.dataset.vscodeThemeId ?? ''}`;
}
