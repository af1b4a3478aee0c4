import * as v from 'valibot';
import { type Range, Uri, ViewColumn, window, workspace } from 'vscode';
import { formatOf } from '../../../engine/fileFormats.ts';
import type { PlaceRange } from '../../../protocol/engineChannel.ts';
import { movedRange, toPlaceRange, toRange } from '../editorPositions.ts';
import { choosing, chosenSchema } from './chosenArrays.ts';
import { documentAt, documentRequest, openTextAt, textIn } from './documentRequest.ts';
import { fileNameOf, memberName } from './memberName.ts';
import type { SourceKind } from './sourceKind.ts';
import { keptText, type TextSource } from './textSource.ts';

const place = v.object({ line: v.number(), character: v.number() });

/** A document or a file, or a part of one. */
const documentSchema = v.object({
  kind: v.literal('document'),
  uri: v.string(),
  /** The part to read; without it the whole, or what in it is around `cursor`. */
  range: v.optional(v.object({ start: place, end: place })),
  cursor: v.optional(place),
  ...chosenSchema,
});

export type DocumentSource = v.InferOutput<typeof documentSchema>;

/** A selection in a document, or all of it: its file, if it isn't open. */
export function documentSource(uri: Uri, selection?: Range): DocumentSource {
  const whole = { kind: 'document', uri: uri.toString() } as const;
  return selection ? { ...whole, range: toPlaceRange(selection) } : whole;
}

const nameOf = (source: DocumentSource) => memberName(source, fileNameOf(Uri.parse(source.uri)));

export const documentKind = {
  schema: documentSchema,
  name: nameOf,
  request: documentRequest,
  /** Text that isn't in a file goes along, if it's small. */
  kept: (source) => {
    const document = documentAt(source);
    if (!document?.isUntitled) return source;
    return keptText(nameOf(source), source.range ? textIn(document, source.range) : document.getText());
  },
  /** A selected part of a table is what it is. */
  hasArrays: ({ uri, range }) => !range && formatOf(Uri.parse(uri).path) !== undefined,
  container: ({ uri }) => uri,
  ...choosing<DocumentSource>(),
  part: (source, range) => ({ ...source, cursor: undefined, range }),
  whole: (source) => ({ ...source, cursor: undefined }),
  narrowed: (source, range) => {
    if (!source.cursor || !range) return source;
    const { cursor: _, ...rest } = source;
    return { ...rest, range };
  },
  file: ({ uri }) => Uri.parse(uri),
  document: documentAt,
  openText: openTextAt,
  watch: (current, events) =>
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const source = current();
      if (!source || document.uri.toString() !== source.uri) return;
      if (contentChanges.length === 0) return;
      // Changes come in the order that keeps each other's ranges valid: from the end of the document to its start.
      const range = source.range && contentChanges.reduce(movedRange, source.range);
      if (range) events.moved({ ...source, range });
      events.changed();
    }),
  reveal: async ({ uri }, range) => {
    if (range) await showDocument(uri, range);
  },
  lines: (_, { start, end }) => [start.line, end.line],
  exportsBeside: ({ uri }) => uri,
} satisfies SourceKind<DocumentSource, DocumentSource | TextSource> & {
  readonly schema: typeof documentSchema;
};

/** In the editor that has it, or one beside the panel. */
async function showDocument(uri: string, range: PlaceRange): Promise<void> {
  const visible = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
  const viewColumn = visible?.viewColumn ?? ViewColumn.One;
  await window.showTextDocument(Uri.parse(uri), { viewColumn, selection: toRange(range) });
}
