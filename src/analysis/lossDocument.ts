import type { Work } from '../loss/work.ts';
import { analyzeConfigDocument } from './config/configDocument.ts';
import type { AnalysisLanguage } from './hintWords.ts';
import type { AnalysisContext, LossAnalysis } from './lossConfig.ts';
import { LossNotebook } from './python/losses/lossNotebook.ts';

/** A document whose analysis is kept up to date: after an edit of Python only what changed is parsed again. */
export class LossDocument {
  readonly language: AnalysisLanguage;
  readonly #python = new LossNotebook();

  constructor(language: AnalysisLanguage) {
    this.language = language;
  }

  /** Its text, now. Yields every few milliseconds; never throws. */
  *analyze(text: string, { cells = [], ...context }: AnalysisContext = {}): Work<LossAnalysis> {
    if (this.language !== 'python') return yield* analyzeConfigDocument(text, this.language);
    this.#python.update([...cells, text]);
    return yield* this.#python.analyze(cells.length, context);
  }
}
