import { FRAMEWORK_APIS } from '../frameworks/catalogue.ts';
import type { FrameworkApi } from '../frameworks/frameworkApi.ts';
import type { Work } from '../loss/work.ts';
import { type KnownApis, knownApis } from './apis/knownApis.ts';
import { analyzeConfigDocument } from './config/configDocument.ts';
import type { AnalysisLanguage } from './hintWords.ts';
import type { AnalysisContext, LossAnalysis } from './lossConfig.ts';
import { LossNotebook } from './python/losses/lossNotebook.ts';

/** A document whose analysis is kept up to date: after an edit of Python only what changed is parsed again. */
export class LossDocument {
  readonly language: AnalysisLanguage;
  readonly #apis: KnownApis;
  readonly #python: LossNotebook;

  /** `apis`: what is known of frameworks. */
  constructor(language: AnalysisLanguage, apis: readonly FrameworkApi[] = FRAMEWORK_APIS) {
    this.language = language;
    this.#apis = knownApis(apis);
    this.#python = new LossNotebook(apis);
  }

  /** Its text, now. Yields every few milliseconds; never throws. */
  *analyze(text: string, { cells = [], ...context }: AnalysisContext = {}): Work<LossAnalysis> {
    if (this.language !== 'python') return yield* analyzeConfigDocument(text, this.language, this.#apis);
    this.#python.update([...cells, text]);
    return yield* this.#python.analyze(cells.length, context);
  }
}
