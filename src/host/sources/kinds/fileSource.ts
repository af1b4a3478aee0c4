import * as v from 'valibot';
import { formatOf, otherFormatOf } from '../../../engine/fileFormats.ts';
import { SourceRefusedError } from '../sourceErrors.ts';
import { choosing, chosenRequest, chosenSchema } from './chosenArrays.ts';
import { memberName } from './memberName.ts';
import type { SourceKind } from './sourceKind.ts';

/** A file that came by itself, as one dropped from another program does. */
const fileSchema = v.object({
  kind: v.literal('file'),
  name: v.string(),
  bytes: v.instance(Uint8Array),
  ...chosenSchema,
});

type FileSource = v.InferOutput<typeof fileSchema>;

export function fileSource(name: string, bytes: FileSource['bytes']): FileSource {
  return { kind: 'file', name, bytes };
}

export const fileKind = {
  schema: fileSchema,
  name: (source) => memberName(source, source.name),
  request: async ({ name, bytes, ...chosen }) => {
    const other = otherFormatOf(name);
    if (other)
      throw new SourceRefusedError({ reason: 'other-format', format: other, offset: 0, place: null });
    const file = formatOf(name);
    return {
      input: file ? { file: { ...file, bytes } } : { bytes },
      origin: { line: 0, character: 0 },
      ...chosenRequest(chosen),
    };
  },
  /** It may be large, and dropping it again is easy. */
  kept: () => undefined,
  hasArrays: ({ name }) => formatOf(name) !== undefined,
  /** No URI begins so. */
  container: ({ name }) => `//dropped/${name}`,
  ...choosing<FileSource>(),
} satisfies SourceKind<FileSource> & { readonly schema: typeof fileSchema };
