import type { LibraryName } from '../../protocol/engineChannel.ts';

/** One end of a line to another thread. Messages are structured clones; typed arrays keep NaN and ±Infinity. */
export interface Transport {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

/** A running worker, whatever started it. */
export interface EngineWorker extends Transport {
  /** Called once if the worker ends by itself: out of memory, or a fault. */
  onStop(listener: (reason: string) => void): void;
  /** The text of one of the extension's bundles; undefined where the worker reads those itself. */
  readScript?(name: LibraryName): Promise<string>;
  terminate(): void;
}
