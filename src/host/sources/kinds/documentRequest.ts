import { type TextDocument, Uri, workspace } from 'vscode';
import { type FormatOfFile, formatOf, otherFormatOf } from '../../../engine/fileFormats.ts';
import type { Place, PlaceRange, SourceRequest } from '../../../protocol/engineChannel.ts';
import { MOST_TEXT_BYTES } from '../../../readers/text/textEncoding.ts';
import { toRange } from '../editorPositions.ts';
import { fileStateOf } from '../file/fileState.ts';
import { SourceRefusedError } from '../sourceErrors.ts';
import { type ArrayChoices, chosenRequest } from './chosenArrays.ts';

interface DocumentPart extends ArrayChoices {
  readonly uri: string;
  readonly range?: PlaceRange | undefined;
  readonly cursor?: Place | undefined;
}

const START = { line: 0, character: 0 };

export function documentAt({ uri }: Pick<DocumentPart, 'uri'>): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/** The open document, if it's text: what is read instead of its file. */
export function openTextAt(source: Pick<DocumentPart, 'uri'>): TextDocument | undefined {
  return isText(formatOf(Uri.parse(source.uri).path)) ? documentAt(source) : undefined;
}

/** True for what an editor shows: a table, or what has no format. */
function isText(file: FormatOfFile | undefined): boolean {
  return file === undefined || (file.format === 'table' && !file.gzip);
}

/**
 * What the engine is asked to read. Text is taken as it's being edited, else as on disk. Rejects if the file can't be read: with
 * RowsFileError if it isn't one.
 */
export async function documentRequest(source: DocumentPart): Promise<SourceRequest> {
  const chosen = chosenRequest(source);
  const uri = Uri.parse(source.uri);
  const file = formatOf(uri.path);
  const opened = openTextAt(source);
  if (!opened) await fileStateOf(uri);
  const other = otherFormatOf(uri.path);
  if (other) throw new SourceRefusedError({ reason: 'other-format', format: other, offset: 0, place: null });
  if (file && !isText(file)) return { input: await fileInput(uri, file), origin: START, ...chosen };
  const document = opened ?? (source.range && (await workspace.openTextDocument(uri)));
  if (!document) {
    const input = file ? await fileInput(uri, file) : { bytes: await wholeText(uri, 'json') };
    return { input, origin: START, ...chosen };
  }
  const { range, cursor } = source;
  const text = range ? textIn(document, range) : document.getText();
  return {
    input: file ? { file: { ...file, bytes: new TextEncoder().encode(text) } } : { text },
    origin: range?.start ?? START,
    ...(cursor && !range && { cursor }),
    ...chosen,
  };
}

export function textIn(document: TextDocument, range: PlaceRange): string {
  return document.getText(document.validateRange(toRange(range)));
}

/** Where there is a path, the engine reads as much of the file at a time as it needs. */
async function fileInput(uri: Uri, file: FormatOfFile): Promise<SourceRequest['input']> {
  if (uri.scheme === 'file') return { file: { ...file, path: uri.fsPath } };
  const bytes = isText(file) ? wholeText(uri, 'table') : workspace.fs.readFile(uri);
  return { file: { ...file, bytes: await bytes } };
}

/** All of a file of text. Rejects, before it's read, if that is more than can be read in one piece. */
async function wholeText(uri: Uri, format: 'table' | 'json'): Promise<Uint8Array> {
  const { size: bytes } = await workspace.fs.stat(uri);
  const limit = MOST_TEXT_BYTES;
  if (bytes > limit)
    throw new SourceRefusedError({ reason: 'text-size', offset: 0, place: null, format, bytes, limit });
  return workspace.fs.readFile(uri);
}
