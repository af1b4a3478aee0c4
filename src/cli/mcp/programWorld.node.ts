import { readFileSync, statSync } from 'node:fs';
import { computeLoss, type LossRequest } from '../../answers/computeLoss.ts';
import { refusalOf, replyOf } from '../../answers/logitsReply.ts';
import { bytesOfOutput, tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import { savedCells } from '../../answers/notebook/savedOutputs.ts';
import { chosenArrays, requestOfInput } from '../../answers/readRequest.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import { formatOf, otherFormatOf } from '../../engine/fileFormats.ts';
import { MOST_TEXT_BYTES } from '../../readers/text/textEncoding.ts';
import { type AnsweredRead, ToolError, type ToolWorld, type WantedArrays } from '../../tools/tool.ts';
import type { lossesBelow } from './lossesBelow.node.ts';
import type { ReadableFolders } from './readableFolders.node.ts';

/** A notebook of more bytes has pictures, or was made to be hard to read. */
const MOST_NOTEBOOK_BYTES = 64 * 1024 * 1024;

/** What a call can use. */
interface CallNeeds {
  readonly engine: EngineClient;
  readonly folders: ReadableFolders;
  readonly findLosses: typeof lossesBelow;
  readonly signal: AbortSignal;
}

/** The tools in a program, for one call: what they do is what the extension does. */
export function programWorld({ engine, folders, findLosses, signal }: CallNeeds): ToolWorld {
  return {
    computeLoss: (asked) => computeLoss(engine, asked as LossRequest),
    readLogits: (path, wanted) => readLogits(engine, folders.pathOf(path, 'file'), wanted, signal),
    notebookLogits: async (wanted, path) =>
      path === undefined ? null : notebookLogits(engine, folders.pathOf(path, 'file'), wanted, signal),
    findLosses: (path) =>
      findLosses(folders.pathOf(path, 'file or folder'), { allows: folders.allows, signal }),
  };
}

type Reading = Parameters<EngineClient['read']>[0];

async function readBy(engine: EngineClient, request: Reading, signal: AbortSignal): Promise<AnsweredRead> {
  const read = await engine.read(request, { signal });
  return read.ok ? replyOf(read.value) : refusalOf(read.problem);
}

/** Of a file of arrays the engine reads as much at a time as it needs; text is read as a whole. */
async function readLogits(
  engine: EngineClient,
  path: string,
  wanted: WantedArrays,
  signal: AbortSignal,
): Promise<AnsweredRead> {
  const format = formatOf(path);
  if (format && !otherFormatOf(path)) {
    const input = { file: { ...format, path } };
    return readBy(engine, { input, origin: { line: 0, character: 0 }, ...chosenArrays(wanted) }, signal);
  }
  const { size: bytes } = statSync(path);
  const [limit, offset, place] = [MOST_TEXT_BYTES, 0, null];
  if (!otherFormatOf(path) && bytes > limit)
    return refusalOf({ reason: 'text-size', offset, place, format: 'json', bytes, limit });
  const request = requestOfInput(otherFormatOf(path) ? '' : bytesOf(path), { ...wanted, fileName: path });
  return request.ok ? readBy(engine, request.value, signal) : refusalOf(request.problem);
}

async function notebookLogits(
  engine: EngineClient,
  path: string,
  wanted: WantedArrays,
  signal: AbortSignal,
): Promise<{ cell: number; read: AnsweredRead }[]> {
  if (statSync(path).size > MOST_NOTEBOOK_BYTES) throw new ToolError(`${path} is too large to be read.`);
  const cells = savedCells(bytesOf(path).toString('utf8'));
  if (!cells) throw new ToolError(`${path} isn’t a notebook that can be read.`);
  const found: { cell: number; read: AnsweredRead }[] = [];
  for (const cell of cells)
    for (const text of tensorTexts(cell)) {
      const request = requestOfInput(bytesOfOutput(text), { mime: text.mime, ...wanted });
      const read = request.ok ? await readBy(engine, request.value, signal) : refusalOf(request.problem);
      found.push({ cell: cell.index + 1, read });
    }
  return found;
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ToolError(`${path} can’t be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
