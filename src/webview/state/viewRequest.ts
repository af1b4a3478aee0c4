import { CONVENTIONS, type ConventionName, sharesRows } from '../../loss/conventions/conventions.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';

/** How long typing pauses before all logits are gone through with the new value. */
const PASS_PAUSE_MS = 150;

interface AskedView {
  readonly sourceId: string;
  readonly view: BatchView;
}

type Change = { readonly [Key in keyof BatchView]: BatchView[Key] | undefined };

/** Asks to have the logits understood, or measured, in another way, and knows until the answer is here that there's one to come. */
export class ViewRequest {
  readonly #setView: (view: BatchView) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  /** What was asked for last, while it isn't what is shown. */
  #asked: AskedView | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `setView` resolves once the figures are here, or never will be. */
  constructor(setView: (view: BatchView) => Promise<void>) {
    this.#setView = setView;
  }

  /** The view that is asked for while figures are of another one. */
  awaited(sourceId: string): BatchView | undefined {
    return this.#asked?.sourceId === sourceId ? this.#asked.view : undefined;
  }

  /** Calls when `awaited` has changed; returns what ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The view with something changed. `undefined`: as the source says. */
  change({ sourceId, view: shown }: Pick<PanelSnapshot, 'sourceId' | 'view'>, change: Change): void {
    this.#ask(sourceId, shown, change);
    this.#send();
  }

  /** The same for what is being typed: from now on it's awaited, and asked for once typing pauses. */
  changeTyped({ sourceId, view: shown }: Pick<PanelSnapshot, 'sourceId' | 'view'>, change: Change): void {
    this.#ask(sourceId, shown, change);
    this.#timer = setTimeout(() => this.#send(), PASS_PAUSE_MS);
  }

  /** The source isn't shown any more: nothing is asked of it. */
  forget(sourceId: string): void {
    if (this.#asked?.sourceId !== sourceId) return;
    clearTimeout(this.#timer);
    this.#set(undefined);
  }

  #ask(sourceId: string, shown: BatchView, change: Change): void {
    clearTimeout(this.#timer);
    const changed = Object.entries({ ...(this.awaited(sourceId) ?? shown), ...change });
    const view: BatchView = Object.fromEntries(changed.filter(([, value]) => value !== undefined));
    this.#set({ sourceId, view });
  }

  #send(): void {
    const asked = this.#asked!;
    const isOver = () => {
      if (this.#asked === asked) this.#set(undefined);
    };
    this.#setView(asked.view).then(isOver, isOver);
  }

  #set(asked: AskedView | undefined): void {
    this.#asked = asked;
    for (const listener of this.#listeners) listener();
  }

  /** Has rows measured for a convention, where they aren't yet. One with a padding class needs to be told which it is. */
  measureFor(
    convention: ConventionName,
    snapshot: Pick<PanelSnapshot, 'sourceId' | 'view' | 'convention' | 'ignoreIndex'> & {
      readonly stats: Pick<PanelSnapshot['stats'], 'classes'>;
    },
  ): void {
    const { stats, ignoreIndex } = snapshot;
    const view = this.awaited(snapshot.sourceId) ?? snapshot.view;
    const before = this.awaited(snapshot.sourceId)?.convention ?? snapshot.convention;
    if (sharesRows(convention, before, stats.classes)) return;
    if (!CONVENTIONS[convention].padded) {
      const leaves = CONVENTIONS[before].padded;
      this.change(snapshot, { convention, ignoreIndex: leaves ? undefined : view.ignoreIndex });
      return;
    }
    const isClass = ignoreIndex !== null && ignoreIndex >= 0 && ignoreIndex < stats.classes;
    // Vocabularies begin with it.
    this.change(snapshot, { convention, ignoreIndex: isClass ? ignoreIndex : 0 });
  }
}
