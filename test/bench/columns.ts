import type { Shape } from './options.ts';
import type { ContenderName, Result } from './report.ts';

export const NAMES: Readonly<Record<ContenderName, string>> = {
  'smooth-labels': 'Smooth Labels',
  'torch-eager': 'PyTorch',
  'torch-eager-kept': 'PyTorch kept',
  'torch-compile': 'torch.compile',
  'tfjs-wasm': 'tfjs wasm',
  'tfjs-cpu': 'tfjs cpu',
};

/** Who, on how many threads. */
export type Column = readonly [contender: ContenderName, threads: number];

export function columnName([contender, threads]: Column): string {
  return `${NAMES[contender]} ${threads}T`;
}

export function shapesOf(results: readonly Result[]): Shape[] {
  return [...new Map(results.map(({ shape }) => [shapeName(shape), shape])).values()];
}

export function shapeName([rows, classes]: Shape): string {
  return `${rows}×${classes}`;
}

export function find(results: readonly Result[], shape: Shape, [name, threads]: Column): number | undefined {
  const result = results.find(
    (each) =>
      each.contender === name && each.threads === threads && shapeName(each.shape) === shapeName(shape),
  );
  return result?.medianMs;
}
