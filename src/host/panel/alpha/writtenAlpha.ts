import type { AlphaApplied, AlphaProposal, ShownAlpha } from '../../../protocol/alphaChannel.ts';
import type { ConfigSnapshot } from '../../../protocol/panelSnapshot.ts';

/** Where a configuration is, as it was found last. */
export type ConfigPlace = ConfigSnapshot['source'] & { readonly loss: string };

/** What was made of the code, and where. */
export interface Made {
  readonly done: string;
  readonly at: ConfigSnapshot['source'];
}

/** What came of an edit; `undo` names it. */
export type Written = (Made & { readonly undo: string }) | Exclude<AlphaApplied, { readonly done: string }>;

/** Sets α in code. */
export interface AlphaWriter {
  preview(place: ConfigPlace, shown: ShownAlpha): Promise<AlphaProposal>;
  /** Makes the edit of the last preview, if `id` is its. */
  apply(id: string): Promise<Written>;
  /** Takes the last edit back, if `id` is its, and what it wrote is still there. */
  undo(id: string): Promise<Made | { readonly why: string }>;
}
