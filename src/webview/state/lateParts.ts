import type { ComponentType } from 'preact';
import type { ApplyAlphaProps } from '../apply/applyAlpha.tsx';
import type { drawingIn, pngOf, svgOf } from '../export/picture/chartPicture.ts';

/** What is only needed once something is done, and so is in the bundle of the views. */
export interface LateParts {
  readonly ApplyAlpha: ComponentType<ApplyAlphaProps>;
  readonly drawingIn: typeof drawingIn;
  readonly svgOf: typeof svgOf;
  readonly pngOf: typeof pngOf;
}

let load: (() => Promise<LateParts>) | undefined;

/** Says where it is, before anything is rendered. */
export function provideLate(loader: () => Promise<LateParts>): void {
  load = loader;
}

export function loadLate(): Promise<LateParts> {
  if (!load) throw new Error('Nothing is provided');
  return load();
}
