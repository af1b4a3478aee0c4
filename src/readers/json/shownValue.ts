import type { Work } from '../../loss/work.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { parseJson } from './readJson.ts';

/** Longer texts aren't searched for a value. */
const LONGEST = 1 << 16;
/** A dictionary of Swift: `["cat": 0.7, "dog": 0.3]`. */
const SWIFT = /^\s*(?:Optional\()?\["[^"\n]{1,80}": ?-?\d/;
/** Where a dictionary, or a list of them, begins its line: alone, as the output of a cell, in a comment, or in the name of its class. */
const OPENS =
  /^(?:[ \t]*(?:#|\/\/)+[ \t]?(?:>[ \t]?)?|Out\[\d{1,6}\]:[ \t]*)?(?:(?:Counter|OrderedDict|dict)\()?(?=\[{0,2}\{)/;

/**
 * The scores by class in a dictionary that a text shows after something else, as at a prompt: `>>> doc.cats` and `{'cat': 0.7, 'dog': 0.3}`
 * below. Undefined if there are none, or anything else is in it.
 */
export function* shownScores(bytes: Uint8Array): Work<readonly NamedArray[] | undefined> {
  if (bytes.length > LONGEST) return undefined;
  const text = new TextDecoder('latin1').decode(bytes);
  const swift = SWIFT.test(text) ? text.trimEnd().lastIndexOf(']') : -1;
  if (swift !== -1) {
    const own = bytes.slice();
    own[text.indexOf('[')] = 0x7b;
    own[swift] = 0x7d;
    return yield* scoresFrom(own, text.indexOf('['), swift + 1);
  }
  // A prompt may wait below.
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  let start = 0;
  for (const line of text.split('\n')) {
    const marks = OPENS.exec(line)?.[0];
    if (marks !== undefined && start + marks.length < end) {
      return yield* scoresFrom(bytes, start + marks.length, end);
    }
    start += line.length + 1;
  }
  return undefined;
}

function* scoresFrom(bytes: Uint8Array, start: number, end: number): Work<readonly NamedArray[] | undefined> {
  const parsed = yield* parseJson(bytes, { start, end });
  const arrays = parsed.ok ? parsed.value.arrays : [];
  return arrays.length > 0 && arrays.every(({ names }) => names !== null) ? arrays : undefined;
}
