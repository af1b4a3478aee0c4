import { isAnalysisLanguage } from '../../analysis/hintWords.ts';
import { analyzeText } from '../../analysis/lossConfigsOf.ts';
import type { Place } from '../../protocol/engineChannel.ts';
import { Slices } from './documents/thinkingSlices.ts';

/** A loss configuration, for other extensions. What isn't known is undefined. */
export interface FoundLossConfig {
  /** The call or the config entry; zero-based, characters in UTF-16 code units. */
  range: { start: Place; end: Place };
  /** An id of docs/semantics.md; else the name of the class, function, key or flag. */
  api: string;
  /** Empty for what frameworks share, such as a key of a config file. */
  framework: string;
  convention?: string;
  labelSmoothing?: number;
  numClasses?: number;
}

/** The loss configurations of a text in the order of the source; none in a language that has none. */
export async function findLossConfigs(
  text: string,
  languageId: string,
  fileName?: string,
): Promise<FoundLossConfig[]> {
  if (!isAnalysisLanguage(languageId)) return [];
  const context = fileName === undefined ? {} : { fileName };
  const result = await new Slices().run(analyzeText(text, languageId, context), () => true);
  const starts = lineStarts(text);
  return result!.configs.map(({ span, api, framework, convention, alpha, classes }) => ({
    range: { start: placeOf(span.from, starts), end: placeOf(span.to, starts) },
    api,
    framework: framework ?? '',
    ...(convention !== null && { convention }),
    ...(alpha.value !== undefined && { labelSmoothing: alpha.value }),
    ...(classes.guess && { numClasses: classes.guess.value }),
  }));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return starts;
}

function placeOf(offset: number, starts: readonly number[]): Place {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { line: low, character: offset - starts[low]! };
}
