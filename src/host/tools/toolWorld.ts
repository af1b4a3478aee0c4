import { type CancellationToken, FileType, type NotebookDocument, type Uri, window, workspace } from 'vscode';
import { hasHintWord } from '../../analysis/hintWords.ts';
import { computeLoss, type LossRequest } from '../../answers/computeLoss.ts';
import { bytesOfOutput, tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import {
  type AnsweredRead,
  type FoundIn,
  ToolError,
  type ToolWorld,
  type WantedArrays,
} from '../../tools/tool.ts';
import { readLogits } from '../api/readLogits.ts';
import { filesBelow } from '../editor/documents/filesBelow.ts';
import type { RegisteredEditor } from '../editor/registerEditor.ts';
import { uriOfPath } from './toolPaths.ts';

/** So many files of a folder are looked at. */
const MOST_FILES = 5000;
/** No source is longer. */
const MOST_BYTES = 2_000_000;

/** The tools in VS Code: what they do is what the commands, lenses and the API do, until `token` gives up. */
export function toolWorld(
  engine: EngineClient,
  hints: Pick<RegisteredEditor, 'lossesOf'>,
  token: CancellationToken,
): ToolWorld {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  const { signal } = abort;
  return {
    computeLoss: (asked) => computeLoss(engine, asked as LossRequest),
    readLogits: async (path, wanted) => {
      const uri = uriOfPath(path);
      await existing(uri, FileType.File);
      return readLogits(engine, uri, wanted, { signal });
    },
    notebookLogits: async (wanted, path) => notebookLogits(engine, wanted, await notebookAt(path), signal),
    findLosses: async (path) => {
      const uri = uriOfPath(path);
      const { type } = await existing(uri);
      const files = type & FileType.Directory ? (await filesBelow(uri, token)).sources : [uri];
      const looked = files.slice(0, MOST_FILES);
      const found: FoundIn[] = [];
      let left = files.length - looked.length;
      for (const file of looked) {
        signal.throwIfAborted();
        const losses = await lossesIn(file, hints, files.length > 1);
        if (losses) found.push(...losses);
        else left++;
      }
      return { found, files: files.length - left, left };
    },
  };
}

async function existing(uri: Uri, wanted?: FileType): Promise<{ readonly type: FileType }> {
  try {
    const stat = await workspace.fs.stat(uri);
    if (wanted === undefined || stat.type & wanted) return stat;
  } catch {
    throw new ToolError(`There’s no file ${shownPath(uri)}.`);
  }
  throw new ToolError(`${shownPath(uri)} isn’t a file.`);
}

/** Of many files only those are opened that may have a loss. Null for one of many that can't be looked at. */
async function lossesIn(
  uri: Uri,
  { lossesOf }: Pick<RegisteredEditor, 'lossesOf'>,
  isOneOfMany: boolean,
): Promise<FoundIn[] | null> {
  const path = shownPath(uri);
  try {
    if (isOneOfMany) {
      const { size } = await workspace.fs.stat(uri);
      if (size > MOST_BYTES) return null;
      if (!hasHintWord(new TextDecoder().decode(await workspace.fs.readFile(uri)))) return [];
    }
    if (!uri.path.endsWith('.ipynb'))
      return [{ path, cell: null, losses: await opened(uri, () => lossesOf(uri)) }];
    const cells = (await opened(uri, () => workspace.openNotebookDocument(uri))).getCells();
    const found = cells.map(async ({ document, index }) => ({
      path,
      cell: index + 1,
      losses: await lossesOf(document.uri),
    }));
    return await Promise.all(found);
  } catch (error) {
    if (isOneOfMany) return null;
    throw error;
  }
}

/** Throws `ToolError` for what VS Code doesn't open. */
async function opened<T>(uri: Uri, open: () => PromiseLike<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${shownPath(uri)} can’t be opened as text: ${why}`);
  }
}

/** The notebook in front; of a path its, as it's open, or else as it was saved. */
async function notebookAt(path: string | undefined): Promise<NotebookDocument | undefined> {
  if (path === undefined) return window.activeNotebookEditor?.notebook;
  const uri = uriOfPath(path);
  await existing(uri, FileType.File);
  return opened(uri, () => workspace.openNotebookDocument(uri));
}

async function notebookLogits(
  engine: EngineClient,
  wanted: WantedArrays,
  notebook: NotebookDocument | undefined,
  signal: AbortSignal,
): Promise<{ cell: number; read: AnsweredRead }[] | null> {
  if (!notebook) return null;
  const found: { cell: number; read: AnsweredRead }[] = [];
  for (const cell of notebook.getCells())
    for (const text of tensorTexts(cell)) {
      const read = await readLogits(engine, bytesOfOutput(text), { mime: text.mime, ...wanted }, { signal });
      found.push({ cell: cell.index + 1, read });
    }
  return found;
}

function shownPath(uri: Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString();
}
