import * as v from 'valibot';
import { textBetween } from '../editorPositions.ts';
import { choosing, chosenRequest, chosenSchema } from './chosenArrays.ts';
import { memberName } from './memberName.ts';
import type { SourceKind } from './sourceKind.ts';

/** Text that is in no document, as from the clipboard. */
const textSchema = v.object({
  kind: v.literal('text'),
  name: v.string(),
  text: v.string(),
  ...chosenSchema,
});

export type TextSource = v.InferOutput<typeof textSchema>;

/** More text than this isn't kept for a reload of the window. */
const KEPT_CHARACTERS = 100_000;

export function textSource(name: string, text: string): TextSource {
  return { kind: 'text', name, text };
}

/** Text that survives a reload of the window, if it's small. */
export function keptText(name: string, text: string): TextSource | undefined {
  return text.length <= KEPT_CHARACTERS ? textSource(name, text) : undefined;
}

export const textKind = {
  schema: textSchema,
  name: (source) => memberName(source, source.name),
  request: async ({ text, ...chosen }) => ({
    input: { text },
    origin: { line: 0, character: 0 },
    ...chosenRequest(chosen),
  }),
  kept: (source) => (source.text.length <= KEPT_CHARACTERS ? source : undefined),
  ...choosing<TextSource>(),
  part: (source, range) => ({ ...source, text: textBetween(source.text, range) }),
} satisfies SourceKind<TextSource> & { readonly schema: typeof textSchema };
