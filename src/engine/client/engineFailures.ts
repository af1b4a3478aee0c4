import type { LostFile } from '../../protocol/engineChannel.ts';

/** Rejects a question whose signal was aborted. Not a failure: nobody waits for the answer. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/**
 * Rejects what was asked of a worker that has ended. Batches it held are gone. `fault`: it ended by itself, and the message says
 * why; `deaf`: it was ended, as it didn't hear that something was cancelled.
 */
export class EngineStoppedError extends Error {
  override readonly name = 'EngineStoppedError';
  readonly reason: 'fault' | 'deaf';

  constructor(message: string, reason: EngineStoppedError['reason'] = 'fault') {
    super(message);
    this.reason = reason;
  }
}

/** Rejects what is asked about a batch that was released or lost. */
export class BatchGoneError extends Error {
  override readonly name = 'BatchGoneError';

  constructor(batch: number) {
    super(`Batch ${batch} is no longer open`);
  }
}

/** Batches that are gone though nobody released them: their worker ended, or their file changed. */
export interface LostBatches {
  readonly batches: ReadonlySet<number>;
  readonly why: EngineStoppedError | LostFile;
}
