import type { AlphaApplied, AlphaProposal, ShownAlpha } from '../../protocol/apply.ts';
import type { ConfigSnapshot } from '../../protocol/panel.ts';

/** Where a configuration is, as it was found last. */
export type ConfigPlace = ConfigSnapshot['source'] & { readonly loss: string };

/** What came of an edit; `at` is where it was made. */
export type Written =
  | { readonly done: string; readonly at: ConfigSnapshot['source'] }
  | Exclude<AlphaApplied, { readonly done: string }>;

/** Sets α in code. */
export interface AlphaWriter {
  preview(place: ConfigPlace, shown: ShownAlpha): Promise<AlphaProposal>;
  /** Makes the edit of the last preview, if `id` is its. */
  apply(id: string): Promise<Written>;
}
