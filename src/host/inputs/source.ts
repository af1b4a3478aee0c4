import * as v from 'valibot';
import { type TextDocument, Uri, workspace } from 'vscode';
import type { PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import { toRange } from './positions.ts';

const place = v.object({ line: v.number(), character: v.number() });

/** Where logits come from. Kept across a reload of the window, so it's plain data, checked when it comes back. */
export const sourceSchema = v.variant('kind', [
  v.object({
    kind: v.literal('document'),
    uri: v.string(),
    /** The part to read; without it the whole, or what in it is around `cursor`. */
    range: v.optional(v.object({ start: place, end: place })),
    cursor: v.optional(place),
  }),
  v.object({ kind: v.literal('text'), name: v.string(), text: v.string() }),
]);

export type Source = v.InferOutput<typeof sourceSchema>;

/** More text than this isn't kept for a reload of the window. */
const KEPT_CHARACTERS = 100_000;

/** The open document of a source, if it has one. */
export function documentOf(source: Source): TextDocument | undefined {
  if (source.kind !== 'document') return undefined;
  return workspace.textDocuments.find((document) => document.uri.toString() === source.uri);
}

export function nameOf(source: Source): string {
  if (source.kind === 'text') return source.name;
  const { path } = Uri.parse(source.uri);
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for a file in NumPy's format. */
export function isNpy({ path }: Uri): boolean {
  return path.toLowerCase().endsWith('.npy');
}

/** The text of a source: as it's being edited, or else as it is on disk. Rejects if the file can't be read. */
export async function inputOf(source: Source): Promise<SourceRequest> {
  const origin = { line: 0, character: 0 };
  if (source.kind === 'text') return { input: { text: source.text }, origin };
  const uri = Uri.parse(source.uri);
  if (isNpy(uri)) {
    // Where there is a path, the engine reads as much of the file at a time as it needs.
    const part = uri.scheme === 'file' ? { path: uri.fsPath } : { bytes: await workspace.fs.readFile(uri) };
    return { input: { file: { format: 'npy', ...part } }, origin };
  }
  const document = documentOf(source) ?? (source.range && (await workspace.openTextDocument(uri)));
  if (!document) return { input: { bytes: await workspace.fs.readFile(uri) }, origin };
  if (source.range) return { input: { text: textIn(document, source.range) }, origin: source.range.start };
  return { input: { text: document.getText() }, origin, ...(source.cursor && { cursor: source.cursor }) };
}

function textIn(document: TextDocument, range: PlaceRange): string {
  return document.getText(document.validateRange(toRange(range)));
}

/** What of a source survives a reload of the window: text that isn't in a file goes along, if it's small. */
export function keptSource(source: Source): Source | undefined {
  const text = source.kind === 'text' ? source.text : untitledText(source);
  if (text === undefined) return source;
  return text.length <= KEPT_CHARACTERS ? { kind: 'text', name: nameOf(source), text } : undefined;
}

function untitledText(source: Source): string | undefined {
  const document = documentOf(source);
  if (source.kind !== 'document' || !document?.isUntitled) return undefined;
  return source.range ? textIn(document, source.range) : document.getText();
}
