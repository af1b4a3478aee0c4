import type { Work } from '../loss/work.ts';
import { configDocumentWork } from './config/configDocument.ts';
import type { AnalysisLanguage } from './hintWords.ts';
import type { AnalysisContext, LossAnalysis } from './lossConfig.ts';
import { PythonDocument } from './python/pythonDocument.ts';

/** A document whose analysis is kept up to date: after an edit of Python only what changed is parsed again. */
export class LossDocument {
  readonly language: AnalysisLanguage;
  readonly #python = new PythonDocument();

  constructor(language: AnalysisLanguage) {
    this.language = language;
  }

  /** Its text, now. Yields every few milliseconds; never throws. */
  *analyze(text: string, context: AnalysisContext = {}): Work<LossAnalysis> {
    return this.language === 'python'
      ? yield* this.#python.analyze(text, context)
      : yield* configDocumentWork(text, this.language);
  }
}
