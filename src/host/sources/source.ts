import * as v from 'valibot';
import { type TextDocument, Uri, workspace } from 'vscode';
import type { FileFormat, PlaceRange, SourceRequest } from '../../protocol/engineChannel.ts';
import { MOST_TEXT_BYTES } from '../../readers/text/textEncoding.ts';
import { cellAt, cellName, lastingAddressOf } from '../notebook/cellAddress.ts';
import { outputBytes } from '../notebook/readCell.ts';
import { toRange } from './editorPositions.ts';
import { formatOf } from './file/fileFormats.ts';
import { fileStateOf } from './file/fileState.ts';
import { SourceRefusedError } from './sourceErrors.ts';

const place = v.object({ line: v.number(), character: v.number() });

const documentSchema = v.object({
  kind: v.literal('document'),
  uri: v.string(),
  /** The part to read; without it the whole, or what in it is around `cursor`. */
  range: v.optional(v.object({ start: place, end: place })),
  cursor: v.optional(place),
  /** Which array of several. */
  member: v.optional(v.string()),
});
const textSchema = v.object({ kind: v.literal('text'), name: v.string(), text: v.string() });
/** A file that came by itself, as one dropped from another program does. It isn't kept. */
const fileSchema = v.object({
  kind: v.literal('file'),
  name: v.string(),
  bytes: v.instance(Uint8Array),
  member: v.optional(v.string()),
});

/** An output of a cell: `CellAddress` and `CellTensor` say which. */
export const cellSchema = v.object({
  kind: v.literal('cell'),
  notebook: v.string(),
  cell: v.union([v.string(), v.number()]),
  output: v.number(),
  member: v.optional(v.string()),
});

export type CellSource = v.InferOutput<typeof cellSchema>;

/** Where targets come from if they aren't beside the logits. */
const targetsSchema = v.variant('kind', [documentSchema, textSchema, fileSchema, cellSchema]);

export type TargetsSource = v.InferOutput<typeof targetsSchema>;

const withTargets = { targets: v.optional(targetsSchema) };

/** Where logits come from. Kept across a reload of the window, so it's plain data, checked when it comes back. */
export const sourceSchema = v.variant('kind', [
  v.object({ ...documentSchema.entries, ...withTargets }),
  v.object({ ...textSchema.entries, ...withTargets }),
  v.object({ ...fileSchema.entries, ...withTargets }),
  v.object({ ...cellSchema.entries, ...withTargets }),
]);

export type Source = v.InferOutput<typeof sourceSchema>;

/** More text than this isn't kept for a reload of the window. */
const KEPT_CHARACTERS = 100_000;

const START = { line: 0, character: 0 };

/** The open document of a source, if it has one. */
export function documentOf(source: Source): TextDocument | undefined {
  if (source.kind !== 'document') return undefined;
  return workspace.textDocuments.find((document) => document.uri.toString() === source.uri);
}

/** The open document of a source that is text: what is read instead of its file. */
export function openTextOf(source: Source): TextDocument | undefined {
  const format = source.kind === 'document' ? formatOf(Uri.parse(source.uri).path) : undefined;
  return format === undefined || format === 'table' ? documentOf(source) : undefined;
}

/** True for a file of arrays: what is in it may have to be chosen. A selected part of a table is what it is. */
export function isFile(source: Source): boolean {
  if (source.kind === 'file') return formatOf(source.name) !== undefined;
  return source.kind === 'document' && !source.range && formatOf(Uri.parse(source.uri).path) !== undefined;
}

/** What a source is called: its file, and the array in it. */
export function sourceName(source: Source): string {
  if (source.kind === 'text') return source.name;
  const file = source.kind === 'file' ? source.name : fileNameOf(uriOf(source));
  return source.member === undefined ? file : `${source.member} · ${file}`;
}

function uriOf(source: Extract<Source, { kind: 'document' | 'cell' }>): Uri {
  return Uri.parse(source.kind === 'cell' ? source.notebook : source.uri);
}

export function fileNameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * What the engine is asked to read. Text is taken as it's being edited, else as on disk. Rejects if the file can't be read: with
 * RowsFileError if it isn't one.
 */
export async function inputOf(source: Source): Promise<SourceRequest> {
  if (source.kind === 'text') return { input: { text: source.text }, origin: START };
  const member = source.member === undefined ? {} : { member: source.member };
  if (source.kind === 'file') {
    const { name, bytes } = source;
    const format = formatOf(name);
    return { input: format ? { file: { format, bytes } } : { bytes }, origin: START, ...member };
  }
  if (source.kind === 'cell')
    return { input: { bytes: await outputBytes(source) }, origin: START, ...member };
  const uri = Uri.parse(source.uri);
  const format = formatOf(uri.path);
  const opened = openTextOf(source);
  if (!opened) await fileStateOf(uri);
  if (format && format !== 'table') return { input: await fileInput(uri, format), origin: START, ...member };
  const document = opened ?? (source.range && (await workspace.openTextDocument(uri)));
  if (!document) {
    const input = format ? await fileInput(uri, format) : { bytes: await wholeText(uri, 'json') };
    return { input, origin: START, ...member };
  }
  const { range, cursor } = source;
  const text = range ? textIn(document, range) : document.getText();
  return {
    input: format ? { file: { format, bytes: new TextEncoder().encode(text) } } : { text },
    origin: range?.start ?? START,
    ...(cursor && !range && { cursor }),
    ...member,
  };
}

/** Where there is a path, the engine reads as much of the file at a time as it needs. */
async function fileInput(uri: Uri, format: FileFormat): Promise<SourceRequest['input']> {
  if (uri.scheme === 'file') return { file: { format, path: uri.fsPath } };
  const bytes = format === 'table' ? wholeText(uri, format) : workspace.fs.readFile(uri);
  return { file: { format, bytes: await bytes } };
}

/** All of a file of text. Rejects, before it's read, if that is more than can be read in one piece. */
async function wholeText(uri: Uri, format: 'table' | 'json'): Promise<Uint8Array> {
  const { size: bytes } = await workspace.fs.stat(uri);
  const limit = MOST_TEXT_BYTES;
  if (bytes > limit)
    throw new SourceRefusedError({ reason: 'text-size', offset: 0, place: null, format, bytes, limit });
  return workspace.fs.readFile(uri);
}

function textIn(document: TextDocument, range: PlaceRange): string {
  return document.getText(document.validateRange(toRange(range)));
}

/** What its targets are called, beside it. */
export function nameOfTargets(source: Source & { readonly targets: TargetsSource }): string {
  const { targets, ...logits } = source;
  if (targets.kind === 'cell') {
    const cell = cellAt(targets);
    const where = cell ? cellName(cell) : fileNameOf(uriOf(targets));
    return targets.member === undefined ? where : `${targets.member} · ${where}`;
  }
  const sameFile =
    targets.kind === logits.kind &&
    (targets.kind === 'document'
      ? logits.kind === 'document' && targets.uri === logits.uri
      : targets.kind === 'file' && logits.kind === 'file' && targets.name === logits.name);
  const member = targets.kind === 'text' ? undefined : targets.member;
  return sameFile && member !== undefined ? member : sourceName(targets);
}

/** What of a source survives a reload of the window: text that isn't in a file goes along, if it's small. */
export function keptSource(source: Source): Source | undefined {
  const { targets, ...rest } = source;
  const kept = keptPart(rest);
  if (!kept || !targets) return kept;
  const keptTargets = keptPart(targets);
  return keptTargets && { ...kept, targets: keptTargets };
}

function keptPart(source: TargetsSource): TargetsSource | undefined {
  if (source.kind === 'file') return undefined;
  if (source.kind === 'cell') {
    // Its document gets another URI when the notebook is opened again.
    const cell = cellAt(source);
    return cell ? { ...source, ...lastingAddressOf(cell) } : source;
  }
  const text = source.kind === 'text' ? source.text : untitledText(source);
  if (text === undefined) return source;
  return text.length <= KEPT_CHARACTERS ? { kind: 'text', name: sourceName(source), text } : undefined;
}

function untitledText(source: Source): string | undefined {
  const document = documentOf(source);
  if (source.kind !== 'document' || !document?.isUntitled) return undefined;
  return source.range ? textIn(document, source.range) : document.getText();
}
