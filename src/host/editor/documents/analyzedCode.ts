import type { TextDocument, Uri } from 'vscode';
import type { AnalysisLanguage } from '../../../analysis/hintWords.ts';
import type { AnalysisContext, LossAnalysis } from '../../../analysis/lossConfig.ts';
import { LossDocument } from '../../../analysis/lossDocument.ts';
import { Slices } from './analysisSlices.ts';
import type { ModuleReader, Modules } from './importedModules.ts';
import type { Versions } from './pinnedVersions.ts';

/** What a document was understood with. */
export interface Around {
  readonly context: AnalysisContext;
  /** The documents of `context.cells`, and the files of `context.modules`. */
  readonly cells: readonly TextDocument[];
  readonly files: ReadonlyMap<string, Uri>;
}

export interface Analyzed {
  readonly analysis: LossAnalysis;
  readonly around: () => Around;
}

/** A file, or a notebook's code in one language: analysed when it's asked for, once for each version. */
export interface Code {
  readonly language: AnalysisLanguage;
  /** Of a document that's being edited, the newest version when it's done; undefined if it isn't there any more. */
  analyze(document: TextDocument): Promise<Analyzed | undefined>;
  /**
   * Runs the losses that weren't run at first, with pauses, so that `analyze` has them from then on. Resolves to false if the document
   * has changed meanwhile.
   */
  runRest(document: TextDocument): Promise<boolean>;
  /** A file has changed. True if it is one that is imported from, so that what was found may be otherwise. */
  forgetModule(uri: string): boolean;
}

/** A document that is a file. */
export class FileCode implements Code {
  readonly language: AnalysisLanguage;
  readonly #modules: Modules;
  readonly #versions: Versions;
  readonly #analysis: LossDocument;
  readonly #slices = new Slices();
  #reader: ModuleReader | undefined;
  #last: { readonly version: number; readonly analyzed: Analyzed } | undefined;

  constructor(language: AnalysisLanguage, modules: Modules, versions: Versions) {
    this.language = language;
    this.#modules = modules;
    this.#versions = versions;
    this.#analysis = new LossDocument(language);
  }

  async analyze(document: TextDocument): Promise<Analyzed | undefined> {
    while (!document.isClosed) {
      const { version } = document;
      if (this.#last?.version === version) return this.#last.analyzed;
      const reader = this.#modules.reader(document.uri);
      this.#reader = reader;
      const context: AnalysisContext = {
        fileName: document.fileName,
        modules: reader.texts,
        ...(await this.#versions.of(document.uri)),
      };
      const isCurrent = () => document.version === version && this.#reader === reader;
      const work = () => this.#analysis.analyze(document.getText(), { ...context, runs: 'some' });
      const analysis = await withModules(this.#slices, work, reader, isCurrent);
      if (!analysis || !isCurrent()) continue;
      const analyzed = { analysis, around: () => ({ context, cells: [], files: reader.files }) };
      this.#last = { version, analyzed };
      return analyzed;
    }
    return this.#last?.analyzed;
  }

  async runRest(document: TextDocument): Promise<boolean> {
    const [last, reader] = [this.#last, this.#reader];
    if (!last || !reader) return false;
    const isCurrent = () => !document.isClosed && document.version === last.version && this.#last === last;
    const { around } = last.analyzed;
    const work = () => this.#analysis.analyze(document.getText(), around().context);
    const analysis = await withModules(this.#slices, work, reader, isCurrent);
    if (!analysis || !isCurrent()) return false;
    this.#last = { ...last, analyzed: { analysis, around } };
    return true;
  }

  forgetModule(uri: string): boolean {
    if (!this.#reader?.uris.has(uri)) return false;
    this.#reader = undefined;
    this.#last = undefined;
    return true;
  }
}

/** Analyses, and again with the modules that were asked for: what another file says may name yet another one. */
export async function withModules(
  slices: Slices,
  work: () => ReturnType<LossDocument['analyze']>,
  reader: ModuleReader,
  isCurrent: () => boolean,
): Promise<LossAnalysis | undefined> {
  let analysis = await slices.run(work(), isCurrent);
  while (analysis && (await reader.read(analysis.wanted)) && isCurrent())
    analysis = await slices.run(work(), isCurrent);
  return analysis;
}
