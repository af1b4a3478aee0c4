import type { ConventionName } from '../loss/conventions/conventions.ts';

/** The α that the panel shows, as `convention` reads it. */
export interface ShownAlpha {
  readonly convention: ConventionName;
  readonly labelSmoothing: number;
  /** K */
  readonly classes: number;
}

/** An edit that sets α in the code, to be looked at before it's made. */
export interface AlphaPreview {
  readonly id: string;
  /** The file, or the notebook. */
  readonly file: string;
  /** The first of the lines, from 0. */
  readonly line: number;
  /** The line above what is only inserted; null where lines are replaced. */
  readonly above: string | null;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** What else to know: another number because of another convention, other losses that get it, too. */
  readonly notes: readonly string[];
}

/** An edit, or why α can't be set. */
export type AlphaProposal = { readonly preview: AlphaPreview } | { readonly why: string };

/** The edit was made, and `undo` names it; or it has become another one, which has to be looked at first; or it couldn't be. */
export type AlphaApplied = { readonly done: string; readonly undo: string } | AlphaProposal;

/** The edit was taken back, or why it couldn't be. */
export type AlphaUndone = { readonly done: string } | { readonly why: string };
