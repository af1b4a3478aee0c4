// The entry of dist/analysis.js: all that the rest of the extension asks of it.

import { analyzeText } from '../../analysis/analyzeText.ts';
import { isAnalysisLanguage } from '../../analysis/hintWords.ts';
import { type LineStarts, lineAt, lineStartsOf } from '../../analysis/lineStarts.ts';
import type { Place } from '../../protocol/engineChannel.ts';
import { Slices } from './documents/analysisSlices.ts';
import { EditorFeatures, type EditorServices } from './editorFeatures.ts';

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
  const starts = lineStartsOf(text);
  return result!.configs.map(({ span, api, framework, convention, alpha, classes }) => ({
    range: { start: placeOf(span.from, starts), end: placeOf(span.to, starts) },
    api,
    framework: framework ?? '',
    ...(convention !== null && { convention }),
    ...(alpha.value !== undefined && { labelSmoothing: alpha.value }),
    ...(classes.guess && { numClasses: classes.guess.value }),
  }));
}

function placeOf(offset: number, starts: LineStarts): Place {
  const line = lineAt(starts, offset);
  return { line, character: offset - starts[line]! };
}

export function createEditorFeatures(services: EditorServices): EditorFeatures {
  return new EditorFeatures(services);
}
