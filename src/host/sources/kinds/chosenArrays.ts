import * as v from 'valibot';
import type { ChosenArrays } from '../../../protocol/engineChannel.ts';

/** What of a source was chosen, where it leaves that open: a part of the schema of every kind that may. */
export const chosenSchema = {
  /** Which array of several. */
  member: v.optional(v.string()),
  /** Which of the arrays beside the logits has their targets; null: none. */
  ownTargets: v.optional(v.nullable(v.string())),
  /** One output per row is a binary model's. */
  binary: v.optional(v.boolean()),
};

/** What was chosen of a source, as far as anything was. */
export type ArrayChoices = { readonly [K in keyof ChosenArrays]?: ChosenArrays[K] | undefined };

/** The same as the engine is asked for it. */
export function chosenRequest({ member, ownTargets, binary }: ArrayChoices): ChosenArrays {
  return {
    ...(member !== undefined && { member }),
    ...(ownTargets !== undefined && { ownTargets }),
    ...(binary && { binary }),
  };
}

/** What `SourceKind` has for choosing. */
export function choosing<S extends ArrayChoices>() {
  return {
    withMember: (source: S, member: string | undefined): S => ({ ...source, member }),
    withOwnTargets: (source: S, ownTargets: string | null): S => ({ ...source, ownTargets }),
    asBinary: (source: S): S => ({ ...source, binary: true }),
  };
}
