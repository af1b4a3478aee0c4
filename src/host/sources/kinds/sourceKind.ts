import type { Disposable, TextDocument, Uri } from 'vscode';
import type { PlaceRange, SourceRequest } from '../../../protocol/engineChannel.ts';
import type { CellOutput } from '../../notebook/cellAddress.ts';
import type { SourceEvents } from '../sourceEvents.ts';

/**
 * What a kind of source can do. Who has a source asks these, never which kind it is. What may be left out is something that most
 * kinds have no use for. `S` is plain data, as `schema` in the kind's module has it; `Kept` is what of it survives a reload.
 */
export interface SourceKind<S, Kept = S> {
  /** What it's called: its file, and the array in it. */
  name(source: S): string;
  /** What it's called as targets, where logits from elsewhere are named first; its name if left out. */
  nameAsTargets?(source: S): string;
  /** What the engine is asked to read. May reject with SourceGoneError, SourceRefusedError or RowsFileError. */
  request(source: S): Promise<SourceRequest>;
  /** What survives a reload of the window; undefined if it can't come back. */
  kept(source: S): Kept | undefined;

  /** True if what is in it may have to be chosen, as in a file of arrays. */
  hasArrays?(source: S): boolean;
  /** The same for all arrays of one file. */
  container?(source: S): string | undefined;
  /** The array of this name, or for undefined all that it's in. */
  withMember?(source: S, member: string | undefined): S;
  /** With one of the arrays beside the logits as their targets, by its name; or for null with none of them. */
  withOwnTargets?(source: S, name: string | null): S;
  /** Read as the outputs of a binary model, one per row. */
  asBinary?(source: S): S;
  /** The part of its text at a range. */
  part?(source: S, range: PlaceRange): S;
  /** All of what is looked at to find logits in it. */
  whole?(source: S): S;
  /** Once logits are found around the cursor, or a cell by its index, it's them that are followed, wherever they go. */
  narrowed?(source: S, range: PlaceRange | null): S;

  /** The file it's in, which may change on the disk. */
  file?(source: S): Uri;
  /** Its document, while that is open. */
  document?(source: S): TextDocument | undefined;
  /** The open document that is read instead of its file. */
  openText?(source: S): TextDocument | undefined;
  /** The output of a cell that it is. */
  output?(source: S): CellOutput;

  /** Follows it, but for its file. `current` is asked at each event: undefined while what is shown isn't of this kind. */
  watch?(current: () => S | undefined, events: SourceEvents<S>): Disposable;
  /** Shows where it is. Rejects if that can't be shown. */
  reveal?(source: S, range: PlaceRange | null | undefined): Promise<void>;
  /** The lines that a range is said to be at: first and last. */
  lines?(source: S, range: PlaceRange): readonly [first: number, last: number];
  /** The URI of what exports are offered to be saved beside. */
  exportsBeside?(source: S): string;
}
