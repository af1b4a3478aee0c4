// The entry of dist/analysis.js: all that the rest of the extension asks of it.

import { analyzeText } from '../../analysis/analyzeText.ts';
import { inferredClasses } from '../../analysis/classes/knownClasses.ts';
import { isAnalysisLanguage } from '../../analysis/hintWords.ts';
import { type LineStarts, lineAt, lineStartsOf } from '../../analysis/lineStarts.ts';
import type { SourceSpan } from '../../analysis/sourcePlace.ts';
import { type FoundLossConfig, foundConfig } from '../../answers/foundConfig.ts';
import type { Place } from '../../protocol/engineChannel.ts';
import { speakDisplayLanguage } from '../loading/displayLanguage.ts';
import { Slices } from './documents/analysisSlices.ts';
import { EditorFeatures, type EditorServices } from './editorFeatures.ts';

speakDisplayLanguage();

/** The loss configurations of a text in the order of the source; none in a language that has none. Imports aren't followed. */
export async function findLossConfigs(
  text: string,
  languageId: string,
  fileName?: string,
): Promise<FoundLossConfig[]> {
  if (!isAnalysisLanguage(languageId)) return [];
  const context = fileName === undefined ? {} : { fileName };
  const result = await new Slices().run(analyzeText(text, languageId, context), () => true);
  const starts = lineStartsOf(text);
  const rangeOf = ({ from, to }: SourceSpan) => ({ start: placeOf(from, starts), end: placeOf(to, starts) });
  return result!.configs.map((config) => foundConfig(config, inferredClasses(config.classes.guess), rangeOf));
}

function placeOf(offset: number, starts: LineStarts): Place {
  const line = lineAt(starts, offset);
  return { line, character: offset - starts[line]! };
}

export function createEditorFeatures(services: EditorServices): EditorFeatures {
  return new EditorFeatures(services);
}
