import type { Sink } from './sink.ts';

/** In a browser there are no paths: exports are handed over as bytes. */
export function fileSink(_path: string): Sink {
  throw new Error('Files can’t be written by their path here');
}
