import { type TextDocument, Uri, workspace } from 'vscode';
import type { FileFormat, Place, PlaceRange, SourceRequest } from '../../../protocol/engineChannel.ts';
import { MOST_TEXT_BYTES } from '../../../readers/text/textEncoding.ts';
import { toRange } from '../editorPositions.ts';
import { formatOf } from '../file/fileFormats.ts';
import { fileStateOf } from '../file/fileState.ts';
import { SourceRefusedError } from '../sourceErrors.ts';

interface DocumentPart {
  readonly uri: string;
  readonly range?: PlaceRange | undefined;
  readonly cursor?: Place | undefined;
  readonly member?: string | undefined;
}

const START = { line: 0, character: 0 };

export function documentAt({ uri }: Pick<DocumentPart, 'uri'>): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/** The open document, if it's text: what is read instead of its file. */
export function openTextAt(source: Pick<DocumentPart, 'uri'>): TextDocument | undefined {
  const format = formatOf(Uri.parse(source.uri).path);
  return format === undefined || format === 'table' ? documentAt(source) : undefined;
}

/**
 * What the engine is asked to read. Text is taken as it's being edited, else as on disk. Rejects if the file can't be read: with
 * RowsFileError if it isn't one.
 */
export async function documentRequest(source: DocumentPart): Promise<SourceRequest> {
  const member = source.member === undefined ? {} : { member: source.member };
  const uri = Uri.parse(source.uri);
  const format = formatOf(uri.path);
  const opened = openTextAt(source);
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

export function textIn(document: TextDocument, range: PlaceRange): string {
  return document.getText(document.validateRange(toRange(range)));
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
