import type { View } from '../protocol/engine.ts';
import type { PanelSnapshot } from '../protocol/panel.ts';
import { host } from './bridge.ts';

/** Has the logits understood, or measured, with something changed. `undefined`: as the source says. */
export function changeView(
  { view }: Pick<PanelSnapshot, 'view'>,
  change: { readonly [Key in keyof View]: View[Key] | undefined },
): void {
  const changed = Object.entries({ ...view, ...change }).filter(([, value]) => value !== undefined);
  host.setView(Object.fromEntries(changed));
}
