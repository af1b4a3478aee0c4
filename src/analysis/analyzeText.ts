import type { Work } from '../loss/work.ts';
import { type AnalysisLanguage, hasHintWord } from './hintWords.ts';
import type { AnalysisContext, LossAnalysis } from './lossConfig.ts';
import { LossDocument } from './lossDocument.ts';

/** The loss configurations of a text. Yields every few milliseconds; never throws. */
export function* analyzeText(
  text: string,
  language: AnalysisLanguage,
  context: AnalysisContext = {},
): Work<LossAnalysis> {
  if (!hasHintWord(text)) return { configs: [], complete: true, failures: [], wanted: [], unread: null };
  return yield* new LossDocument(language).analyze(text, context);
}
