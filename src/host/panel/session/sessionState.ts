import type { BatchView, Opened } from '../../../protocol/engineChannel.ts';
import type { AppliedAlpha } from '../../../protocol/panelSnapshot.ts';
import type { Source } from '../../sources/source.ts';
import type { Teacher } from './teacher.ts';

/** What a session shows at one moment. It never changes; of the next state, whatever is still the same is the same object. */
export interface SessionState {
  /** Another one with every other source. */
  readonly sourceId: string;
  readonly source: Source;
  /** What was read of the source last; it may be lost. */
  readonly opened: Opened | undefined;
  /** Grows with every result. */
  readonly revision: number;
  /** The view that was asked for last. */
  readonly view: BatchView;
  /** That of `opened`: the same object once it's what was asked for. */
  readonly measuredView: BatchView;
  /** Why the source can't be read now: a sentence. What's shown is from before. */
  readonly problem: string | undefined;
  /** 0…1 while the engine is asked; null when it isn't. */
  readonly progress: number | null;
  /** That the source was read again though nobody asked, and why: a sentence. Null if it wasn't. */
  readonly notice: string | null;
  /** α as code has it, if it was taken from there. */
  readonly applied: AppliedAlpha | null;
  readonly teacher: Teacher | undefined;
}

/** The state of a session as it is now. What makes a session up replaces its part of it. */
export class PublishedState {
  readonly #published: (state: SessionState) => void;
  #current: SessionState;

  constructor(source: Source, published: (state: SessionState) => void) {
    this.#published = published;
    this.#current = {
      sourceId: '',
      source,
      opened: undefined,
      revision: 0,
      view: {},
      measuredView: {},
      problem: undefined,
      progress: null,
      notice: null,
      applied: null,
      teacher: undefined,
    };
  }

  get current(): SessionState {
    return this.#current;
  }

  /** Replaces part of the state. Who listens hears of it with the next `publish`. */
  set(part: Partial<SessionState>): void {
    this.#current = { ...this.#current, ...part };
  }

  publish(part: Partial<SessionState> = {}): void {
    this.set(part);
    this.#published(this.#current);
  }
}
