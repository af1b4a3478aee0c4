import { CONVENTIONS, type ConventionName, sharesRows } from '../../loss/conventions/conventions.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot } from '../../protocol/panelChannel.ts';
import { host } from './hostConnection.ts';

/** What was asked for last: while its answer is on its way, the snapshot has an earlier view. */
let asked: { readonly sourceId: string; readonly view: BatchView } | undefined;

/** Has the logits understood, or measured, with something changed. `undefined`: as the source says. */
export function changeView(
  { sourceId, view: shown }: Pick<PanelSnapshot, 'sourceId' | 'view'>,
  change: { readonly [Key in keyof BatchView]: BatchView[Key] | undefined },
): void {
  const before = asked?.sourceId === sourceId ? asked.view : shown;
  const changed = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  const view: BatchView = Object.fromEntries(changed);
  asked = { sourceId, view };
  host.setView(view);
}

/** Has rows measured for a convention, where they aren't yet. One with a padding class needs to be told which it is. */
export function measureFor(convention: ConventionName, snapshot: PanelSnapshot): void {
  const { stats, ignoreIndex, view } = snapshot;
  if (sharesRows(convention, snapshot.convention, stats.classes)) return;
  if (!CONVENTIONS[convention].padded) {
    const leaves = CONVENTIONS[snapshot.convention].padded;
    changeView(snapshot, { convention, ignoreIndex: leaves ? undefined : view.ignoreIndex });
    return;
  }
  const isClass = ignoreIndex !== null && ignoreIndex >= 0 && ignoreIndex < stats.classes;
  // Vocabularies begin with it.
  changeView(snapshot, { convention, ignoreIndex: isClass ? ignoreIndex : 0 });
}
