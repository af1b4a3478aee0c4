import type { Following } from '../../../engine/client/workerLife.ts';
import type { PublishedState } from './sessionState.ts';

/** What is asked of the engine: to read the source, to take other targets to what was read, or to look at it differently. */
export type Question = 'source' | 'targets' | 'view';

/** An answer, and whether anybody still waits for it. */
export interface EngineAnswer<T> {
  readonly result: { readonly value: T } | { readonly error: unknown };
  /** No other question has been asked since. */
  readonly isLast: boolean;
  /** It wasn't cancelled, and no other question has been asked since. */
  readonly isWanted: boolean;
}

/** The one question that the engine is asked for a source: another one gives it up. */
export class LastQuestion {
  readonly #state: PublishedState;
  #abort = new AbortController();
  #asking: Question | undefined;

  constructor(state: PublishedState) {
    this.#state = state;
  }

  /** What the engine is being asked. */
  get asking(): Question | undefined {
    return this.#asking;
  }

  /** Asks, and has the state say how far it is. Never rejects. */
  async ask<T>(what: Question, ask: (following: Following) => Promise<T>): Promise<EngineAnswer<T>> {
    this.giveUp();
    const abort = this.#abort;
    const { signal } = abort;
    this.#asking = what;
    const onProgress = (progress: number) => {
      if (!signal.aborted) this.#state.publish({ progress });
    };
    let result: EngineAnswer<T>['result'];
    try {
      result = { value: await ask({ signal, onProgress }) };
    } catch (error) {
      result = { error };
    }
    return { result, isLast: this.#abort === abort, isWanted: !signal.aborted };
  }

  /** The last question has its answer, and the state all that came of it. */
  end(): void {
    this.#asking = undefined;
    this.#state.publish({ progress: null });
  }

  /** Whoever asked still hears how it ended. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Its answer isn't wanted any more. */
  giveUp(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#asking = undefined;
    this.#state.set({ progress: null });
  }
}
