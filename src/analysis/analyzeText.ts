import { FRAMEWORK_APIS } from '../frameworks/catalogue.ts';
import type { FrameworkApi } from '../frameworks/frameworkApi.ts';
import type { Work } from '../loss/work.ts';
import { type AnalysisLanguage, hasHintWord } from './hintWords.ts';
import type { AnalysisContext, LossAnalysis } from './lossConfig.ts';
import { LossDocument } from './lossDocument.ts';

/** The loss configurations of a text, of these APIs. Yields every few milliseconds; never throws. */
export function* analyzeText(
  text: string,
  language: AnalysisLanguage,
  context: AnalysisContext = {},
  apis: readonly FrameworkApi[] = FRAMEWORK_APIS,
): Work<LossAnalysis> {
  if (!hasHintWord(text)) return { configs: [], complete: true, failures: [], wanted: [], unread: null };
  return yield* new LossDocument(language, apis).analyze(text, context);
}
