import * as v from 'valibot';
import type { NotebookCell } from 'vscode';
import type { PlaceRange } from '../../protocol/engineChannel.ts';
import { type CellOutput, cellAt } from '../notebook/cellAddress.ts';
import { kindOf, type TargetsSource, targetsSchema } from './kinds/kindOf.ts';

/** Where logits come from. Kept across a reload of the window, so it's plain data, checked when it comes back. */
export type Source = TargetsSource & {
  /** Where targets come from if they aren't beside the logits. */
  readonly targets?: TargetsSource | undefined;
};

export const sourceSchema = v.intersect([targetsSchema, v.object({ targets: v.optional(targetsSchema) })]);

/** What a source is called: its file, and the array in it. */
export function sourceName(source: TargetsSource): string {
  return kindOf(source).name(source);
}

/** What its targets are called, beside it. */
export function nameOfTargets({ targets, ...logits }: Source & { readonly targets: TargetsSource }): string {
  const member = 'member' in targets ? targets.member : undefined;
  const container = containerOf(targets);
  const sameFile = container !== undefined && container === containerOf(logits);
  if (sameFile && member !== undefined) return member;
  return kindOf(targets).nameAsTargets?.(targets) ?? sourceName(targets);
}

/** The same for all arrays of one file; undefined if it's in none. */
export function containerOf(source: TargetsSource): string | undefined {
  return kindOf(source).container?.(source);
}

/** True for a file of arrays: what is in it may have to be chosen. */
export function hasArrays(source: TargetsSource): boolean {
  return kindOf(source).hasArrays?.(source) ?? false;
}

/** One array of a source that has several, or for undefined all. */
export function withMember<S extends TargetsSource>(source: S, member: string | undefined): S {
  return kindOf(source).withMember?.(source, member) ?? source;
}

/** Read as a binary model's outputs, one per row; undefined if that was said before, or can't be. */
export function asBinary<S extends TargetsSource>(source: S): S | undefined {
  return 'binary' in source && source.binary ? undefined : kindOf(source).asBinary?.(source);
}

/** The output that a source is, if it's one of a cell. */
export function outputOf(source: TargetsSource): CellOutput | undefined {
  return kindOf(source).output?.(source);
}

/** The cell that a source is an output of; undefined if it isn't one, or isn't there. */
export function cellOf(source: TargetsSource): NotebookCell | undefined {
  const output = outputOf(source);
  return output && cellAt(output);
}

/** Once it's known what is read of a source, it's that which is followed. */
export function narrowed({ targets, ...logits }: Source, range: PlaceRange | null): Source {
  const narrow = (part: TargetsSource, partRange: PlaceRange | null) =>
    kindOf(part).narrowed?.(part, partRange) ?? part;
  return { ...narrow(logits, range), ...(targets && { targets: narrow(targets, null) }) };
}

/** What of a source survives a reload of the window. */
export function keptSource({ targets, ...logits }: Source): Source | undefined {
  const keptLogits = kindOf(logits).kept(logits);
  if (!keptLogits || !targets) return keptLogits;
  const keptTargets = kindOf(targets).kept(targets);
  return keptTargets && { ...keptLogits, targets: keptTargets };
}
