import { plainColor } from '../../../export/picture/plainColors.ts';
import { type ProbedSquare, surenessOf } from './sureness.ts';

type Rgb = readonly [number, number, number];

/** The colours of “torn” and “certain”, of the theme. */
interface SurfaceColors {
  readonly torn: Rgb;
  readonly sure: Rgb;
}

/** Steps between the two: more can't be told apart. */
const SHADES = 256;

/** Draws how sure networks are in squares of one size, in the colours that the theme had when it was made. */
export class SurfacePainter {
  readonly pixels: number;
  readonly #sure: Float32Array;
  /** A pixel for each shade, as an image has them. */
  readonly #shades: Uint32Array;
  #image: ImageData | undefined;

  constructor(pixels: number) {
    this.pixels = pixels;
    this.#sure = new Float32Array(pixels * pixels);
    this.#shades = shadesOf(surfaceColors());
  }

  /** Draws the largest probability at each pixel. */
  paint(canvas: HTMLCanvasElement, square: ProbedSquare): void {
    // Its pixels come from here and are read again: nothing is gained where the screen's memory is.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context?.createImageData) return;
    this.#image ??= context.createImageData(this.pixels, this.pixels);
    const drawn = new Uint32Array(this.#image.data.buffer);
    surenessOf(square, this.#sure);
    const least = 1 / square.classes;
    const scale = (SHADES - 1) / (1 - least);
    for (let i = 0; i < drawn.length; i++)
      drawn[i] = this.#shades[Math.max(0, Math.round((this.#sure[i]! - least) * scale))]!;
    context.putImageData(this.#image, 0, 0);
  }
}

function shadesOf({ torn, sure }: SurfaceColors): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * SHADES);
  for (let shade = 0; shade < SHADES; shade++) {
    const share = shade / (SHADES - 1);
    for (let channel = 0; channel < 3; channel++)
      bytes[4 * shade + channel] = torn[channel]! + share * (sure[channel]! - torn[channel]!);
    bytes[4 * shade + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

/** Those of the page as it is now. To ask for them while it changes costs a layout of its styles. */
function surfaceColors(): SurfaceColors {
  const style = getComputedStyle(document.body);
  const background = rgbOf(style.getPropertyValue('--vscode-editor-background'));
  const prediction = rgbOf(style.getPropertyValue('--vscode-smoothLabels-prediction'));
  const mixed = (share: number) =>
    background.map((value, i) => value + share * (prediction[i]! - value)) as unknown as Rgb;
  return { torn: mixed(0.04), sure: mixed(0.92) };
}

function rgbOf(color: string): Rgb {
  const { hex } = plainColor(color.trim() === '' ? '#888888' : color.trim());
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** The same as long as the theme is. */
export function themeSign(): string {
  return `${document.body.className} ${document.body.dataset.vscodeThemeId ?? ''}`;
}
