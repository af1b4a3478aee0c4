import type { View } from '../protocol/engine.ts';
import type { PanelSnapshot } from '../protocol/panel.ts';
import { host } from './bridge.ts';

/** What was asked for last: while its answer is on its way, the snapshot has an earlier view. */
let asked: { readonly sourceId: string; readonly view: View } | undefined;

/** Has the logits understood, or measured, with something changed. `undefined`: as the source says. */
export function changeView(
  { sourceId, view: shown }: Pick<PanelSnapshot, 'sourceId' | 'view'>,
  change: { readonly [Key in keyof View]: View[Key] | undefined },
): void {
  const before = asked?.sourceId === sourceId ? asked.view : shown;
  const changed = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  const view: View = Object.fromEntries(changed);
  asked = { sourceId, view };
  host.setView(view);
}
