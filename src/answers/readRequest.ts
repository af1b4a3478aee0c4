import { type FormatOfFile, formatOf, otherFormatOf } from '../engine/fileFormats.ts';
import type { SourceProblem } from '../problems/sources/sourceProblem.ts';
import type { ChosenArrays, Place, SourceRequest } from '../protocol/engineChannel.ts';
import { failure, type Outcome, success } from '../readers/outcome.ts';

/** What is known of bytes or a text, and what of it is wanted. */
export interface ReadLogitsOptions {
  languageId?: string;
  /** Its extension says what format bytes have, and that a text is a table. */
  fileName?: string;
  /** The cursor, from 0; without it all of the text is meant. */
  position?: { line: number; character: number };
  /** 'text/html' …: the source is one output of a notebook's cell. */
  mime?: string;
  /** The name of the logits, where several arrays are offered. */
  array?: string;
  /** The name of their targets, where several are offered; '' for none of them. */
  targets?: string;
  /** One output per row is a binary model's. */
  binary?: boolean;
}

const START: Place = { line: 0, character: 0 };

/** Which of several arrays are meant, as the engine wants it. */
export function chosenArrays({
  array,
  targets,
  binary,
}: Pick<ReadLogitsOptions, 'array' | 'targets' | 'binary'>): ChosenArrays {
  return {
    ...(array !== undefined && { member: array }),
    ...(targets !== undefined && { ownTargets: targets === '' ? null : targets }),
    ...(binary && { binary }),
  };
}

/** What the engine is asked to read of a text, or of bytes: those of a file, or of a text in UTF-8. */
export function requestOfInput(
  source: string | Uint8Array,
  wanted: ReadLogitsOptions,
): Outcome<SourceRequest, SourceProblem> {
  const { fileName, languageId, position, mime } = wanted;
  const chosen = chosenArrays(wanted);
  const cursor = position && { line: position.line, character: position.character };
  const other = mime === undefined ? otherFormatOf(fileName ?? '') : undefined;
  if (other) return failure({ reason: 'other-format', format: other, offset: 0, place: null });
  const file = mime === undefined ? (formatOf(fileName ?? '') ?? tableOf(languageId)) : undefined;
  if (file) {
    const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
    return success({ input: { file: { ...file, bytes } }, origin: START, ...chosen });
  }
  const input = typeof source === 'string' ? { text: source } : { bytes: source };
  return success({ input, origin: START, ...(cursor && { cursor }), ...chosen });
}

/** Extensions for tables have languages for them. */
function tableOf(languageId: string | undefined): FormatOfFile | undefined {
  return languageId !== undefined && /^(csv|tsv)\b/.test(languageId) ? { format: 'table' } : undefined;
}
