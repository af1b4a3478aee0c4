/** What is said of a source that is read again though nobody asked: while it's read, and afterwards. */
export interface Rereading {
  readonly now: string;
  readonly done: string;
}

/** What may become of a source while it's shown. */
export interface SourceEvents<S> {
  /** It may read differently now. `said` is to be said of it, if the person doesn't know why. */
  changed(rereading?: Rereading): void;
  /** It's being changed, and can't be read yet. `why` is a sentence for the user. */
  changing(why: string): void;
  /** The same logits are somewhere else now, or called differently. */
  moved(source: S): void;
  /** There's nothing left to read. `why` is a sentence for the user. */
  gone(why: string): void;
}
