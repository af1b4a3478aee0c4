import type { NotebookDocument, TextDocument } from 'vscode';
import { LossNotebook } from '../../../analysis/python/losses/lossNotebook.ts';
import { Slices } from './analysisSlices.ts';
import { type Analyzed, type Code, withModules } from './analyzedCode.ts';
import { codeOf } from './cellDocuments.ts';
import { ownLimit } from './eligibleDocuments.ts';
import type { ModuleReader, Modules } from './importedModules.ts';
import type { Versions } from './pinnedVersions.ts';

interface Cell {
  readonly analyzed: Analyzed;
  readonly revision: number | undefined;
  readonly reader: ModuleReader;
}

/** The Python cells of a notebook. One is analysed after another: what is found out for one serves all below it. */
export class NotebookCode implements Code {
  readonly language = 'python';
  readonly #notebook: NotebookDocument;
  readonly #modules: Modules;
  readonly #versions: Versions;
  readonly #analysis = new LossNotebook();
  readonly #slices = new Slices();
  readonly #last = new WeakMap<TextDocument, Cell>();
  #queue: Promise<unknown> = Promise.resolve();
  /** How many cells are asked about: what nobody waits for is left for later. */
  #waiting = 0;
  /** One for all cells, which mostly import the same. */
  #reader: ModuleReader | undefined;
  /** The cells have been edited since that began to read. */
  #readerIsOld = false;
  #cells: readonly TextDocument[] = [];
  #texts: readonly string[] = [];
  #places: ReadonlyMap<TextDocument, number> = new Map();
  /** How often something has changed, and what of that is in the analysis. */
  #changes = 1;
  #updated = 0;

  constructor(notebook: NotebookDocument, modules: Modules, versions: Versions) {
    this.#notebook = notebook;
    this.#modules = modules;
    this.#versions = versions;
  }

  /** A cell was edited, put in, taken out, or is in another language now. */
  change(): void {
    this.#changes++;
    this.#readerIsOld = true;
  }

  /** The cells below a document: what is found in them may depend on it. */
  below(document: TextDocument): readonly TextDocument[] {
    this.#update();
    const place = this.#places.get(document);
    return place === undefined ? [] : this.#cells.slice(place + 1);
  }

  async analyze(document: TextDocument): Promise<Analyzed | undefined> {
    this.#waiting++;
    try {
      return await this.#inTurn(() => this.#analyze(document));
    } finally {
      this.#waiting--;
    }
  }

  /** Begins anew where somebody else asks for something: what was run by then is remembered. */
  async runRest(document: TextDocument): Promise<boolean> {
    for (;;) {
      const done = await this.#inTurn(() => this.#runRest(document));
      if (done !== null) return done;
    }
  }

  #inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const answer = this.#queue.then(ask);
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** Null if it was left for others that wait. */
  async #runRest(document: TextDocument): Promise<boolean | null> {
    const [last, changes] = [this.#last.get(document), this.#changes];
    const isCurrent = () => this.#changes === changes && this.#reader === last?.reader && !document.isClosed;
    this.#update();
    const place = this.#places.get(document);
    if (!last || place === undefined || !isCurrent() || this.#analysis.revision(place) !== last.revision)
      return false;
    const { around } = last.analyzed;
    const { cells: _, ...context } = around().context;
    const work = () => this.#analysis.analyze(place, context);
    const isAlone = () => this.#waiting === 0;
    const analysis = await withModules(this.#slices, work, last.reader, () => isCurrent() && isAlone());
    if (!isCurrent()) return false;
    if (!analysis) return null;
    this.#last.set(document, { ...last, analyzed: { analysis, around } });
    return true;
  }

  forgetModule(uri: string): boolean {
    if (!this.#reader?.uris.has(uri)) return false;
    this.#reader = undefined;
    return true;
  }

  async #analyze(document: TextDocument): Promise<Analyzed | undefined> {
    for (;;) {
      const releases = await this.#versions.of(document.uri);
      this.#update();
      const place = this.#places.get(document);
      if (place === undefined || document.isClosed) return undefined;
      const reader = this.#currentReader(document);
      const revision = this.#analysis.revision(place);
      const last = this.#last.get(document);
      if (last?.revision === revision && last?.reader === reader) return last.analyzed;
      const changes = this.#changes;
      const isCurrent = () => this.#changes === changes && this.#reader === reader;
      const context = { fileName: document.fileName, modules: reader.texts, ...releases };
      const work = () => this.#analysis.analyze(place, { ...context, runs: 'some' });
      const analysis = await withModules(this.#slices, work, reader, isCurrent);
      if (!analysis || !isCurrent()) continue;
      if (this.#readerIsOld && analysis.wanted.some(({ key }) => !reader.texts.has(key))) {
        // It has read as many modules as it may, for what isn't imported any more.
        this.#reader = undefined;
        continue;
      }
      const [cells, texts] = [this.#cells, this.#texts];
      const around = () => ({
        context: { ...context, cells: texts.slice(0, place) },
        cells: cells.slice(0, place),
        files: reader.files,
      });
      const analyzed = { analysis, around };
      this.#last.set(document, { analyzed, revision, reader });
      return analyzed;
    }
  }

  #currentReader(document: TextDocument): ModuleReader {
    if (!this.#reader) {
      this.#reader = this.#modules.reader(document.uri);
      this.#readerIsOld = false;
    }
    return this.#reader;
  }

  #update(): void {
    if (this.#updated === this.#changes) return;
    this.#updated = this.#changes;
    this.#cells = codeOf(this.#notebook, this.language);
    // A cell that isn't looked at itself says nothing to others.
    this.#texts = this.#cells.map((document) => (ownLimit(document) === undefined ? textOf(document) : ''));
    this.#places = new Map(this.#cells.map((document, i) => [document, i]));
    this.#analysis.update(this.#texts);
  }
}

const texts = new WeakMap<TextDocument, { readonly version: number; readonly text: string }>();

/** The same string for the same version: what didn't change is known at a glance. */
function textOf(document: TextDocument): string {
  const { version } = document;
  let last = texts.get(document);
  if (last?.version !== version) {
    last = { version, text: document.getText() };
    texts.set(document, last);
  }
  return last.text;
}
