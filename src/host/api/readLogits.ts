import { Uri } from 'vscode';
import { type ReadLogitsReply, refusalOf, replyOf } from '../../answers/logitsReply.ts';
import { chosenArrays, type ReadLogitsOptions, requestOfInput } from '../../answers/readRequest.ts';
import type { Following } from '../../engine/client/workerLife.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import type { SourceRequest } from '../../protocol/engineChannel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { success } from '../../readers/outcome.ts';
import { documentSource } from '../sources/kinds/documentSource.ts';
import { inputOutcome } from '../sources/readSource.ts';
import { checkReadArguments } from './readArguments.ts';

/** Text; the bytes of a file or of a text in UTF-8; or where a file is. */
export type LogitsInput = string | Uint8Array | Uri;

/** See `SmoothLabelsApi`. Rejects with CancelledError once `following` gives up. */
export async function readLogits(
  engine: Pick<EngineClient, 'read'>,
  source: LogitsInput,
  options: ReadLogitsOptions = {},
  following: Following = {},
): Promise<ReadLogitsReply> {
  checkReadArguments(source, options);
  const request = await requestOf(source, options);
  if (!request.ok) return refusalOf(request.problem);
  const read = await engine.read(request.value, following);
  return read.ok ? replyOf(read.value) : refusalOf(read.problem);
}

/** What the command would ask the engine to read. */
async function requestOf(
  source: LogitsInput,
  options: ReadLogitsOptions,
): Promise<Outcome<SourceRequest, SourceProblem>> {
  if (!(source instanceof Uri)) return requestOfInput(source, options);
  const { position } = options;
  const cursor = position && { line: position.line, character: position.character };
  const request = await inputOutcome({ ...documentSource(source), ...(cursor && { cursor }) });
  return request.ok ? success({ ...request.value, ...chosenArrays(options) }) : request;
}
