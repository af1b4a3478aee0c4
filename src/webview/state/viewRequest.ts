import { CONVENTIONS, type ConventionName, sharesRows } from '../../loss/conventions/conventions.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';

/** Asks to have the logits understood, or measured, in another way. */
export class ViewRequest {
  readonly #setView: (view: BatchView) => void;
  /** What was asked for last: while its answer is on its way, the snapshot has an earlier view. */
  #asked: { readonly sourceId: string; readonly view: BatchView } | undefined;

  constructor(setView: (view: BatchView) => void) {
    this.#setView = setView;
  }

  /** The view with something changed. `undefined`: as the source says. */
  change(
    { sourceId, view: shown }: Pick<PanelSnapshot, 'sourceId' | 'view'>,
    change: { readonly [Key in keyof BatchView]: BatchView[Key] | undefined },
  ): void {
    const before = this.#asked?.sourceId === sourceId ? this.#asked.view : shown;
    const changed = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
    const view: BatchView = Object.fromEntries(changed);
    this.#asked = { sourceId, view };
    this.#setView(view);
  }

  /** Has rows measured for a convention, where they aren't yet. One with a padding class needs to be told which it is. */
  measureFor(
    convention: ConventionName,
    snapshot: Pick<PanelSnapshot, 'sourceId' | 'view' | 'convention' | 'ignoreIndex'> & {
      readonly stats: Pick<PanelSnapshot['stats'], 'classes'>;
    },
  ): void {
    const { stats, ignoreIndex, view } = snapshot;
    if (sharesRows(convention, snapshot.convention, stats.classes)) return;
    if (!CONVENTIONS[convention].padded) {
      const leaves = CONVENTIONS[snapshot.convention].padded;
      this.change(snapshot, { convention, ignoreIndex: leaves ? undefined : view.ignoreIndex });
      return;
    }
    const isClass = ignoreIndex !== null && ignoreIndex >= 0 && ignoreIndex < stats.classes;
    // Vocabularies begin with it.
    this.change(snapshot, { convention, ignoreIndex: isClass ? ignoreIndex : 0 });
  }
}
