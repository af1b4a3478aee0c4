import { EventEmitter, type TextDocument, type TextDocumentChangeEvent, type Uri, workspace } from 'vscode';
import { isAnalysisLanguage } from '../../analysis/hintWords.ts';
import type { AnalysisContext, LossConfig } from '../../analysis/lossConfig.ts';
import { LossDocument } from '../../analysis/lossDocument.ts';
import { cellsAbove } from './cells.ts';
import { isEligible } from './eligible.ts';
import type { Modules } from './modules.ts';
import { type Edit, editsOf, moved } from './moving.ts';
import { inSlices } from './slices.ts';
import type { Versions } from './versions.ts';

/** What was found in a document, with spans of the document as it is now. */
export interface Found {
  readonly configs: readonly LossConfig[];
  /** The document doesn't parse: this is from before. */
  readonly stale: boolean;
  readonly around: Around;
}

/** What a document was understood with. */
export interface Around {
  readonly context: AnalysisContext;
  /** The documents of `context.cells`, and the files of `context.modules`. */
  readonly cells: readonly TextDocument[];
  readonly files: ReadonlyMap<string, Uri>;
}

const NOTHING: Found = {
  configs: [],
  stale: false,
  around: { context: {}, cells: [], files: new Map() },
};

interface Entry {
  readonly analysis: LossDocument;
  found: Found;
  /** What `found` is of: the version, and what is around the document. */
  of: string;
  /** Edits since the last text that parsed. */
  edits: Edit[];
  /** The last that was found in a text that parsed. */
  good: readonly LossConfig[] | undefined;
  running: Promise<Found> | undefined;
  readonly modules: Set<string>;
}

/** The loss configurations of the open documents: looked for when asked for, once for each version. */
export class LossDocuments {
  readonly #entries = new Map<TextDocument, Entry>();
  readonly #modules: Modules;
  readonly #versions: Versions;
  readonly #changed = new EventEmitter<Uri>();
  /** Something around a document has changed: another cell, another file. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = [
    workspace.onDidChangeTextDocument((event) => this.#edited(event)),
    workspace.onDidCloseTextDocument((document) => this.#entries.delete(document)),
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      // Other cells are above a cell than before.
      if (contentChanges.length === 0) return;
      for (const cell of notebook.getCells())
        if (this.#entries.has(cell.document)) this.#changed.fire(cell.document.uri);
    }),
  ];

  constructor(modules: Modules, versions: Versions) {
    this.#modules = modules;
    this.#versions = versions;
    modules.onDidChange((uri) => {
      for (const [document, entry] of this.#entries) {
        if (!entry.modules.has(uri)) continue;
        entry.of = '';
        this.#changed.fire(document.uri);
      }
    });
  }

  /** Never rejects. Of a document that's being edited, the newest version when it's done. */
  async of(document: TextDocument): Promise<Found> {
    const { languageId } = document;
    if (!isEligible(document) || !isAnalysisLanguage(languageId)) return NOTHING;
    let entry = this.#entries.get(document);
    if (entry?.analysis.language !== languageId) {
      entry = {
        analysis: new LossDocument(languageId),
        found: NOTHING,
        of: '',
        edits: [],
        good: undefined,
        running: undefined,
        modules: new Set(),
      };
      this.#entries.set(document, entry);
    }
    const current = entry;
    current.running ??= this.#update(document, current).finally(() => {
      current.running = undefined;
    });
    return current.running;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #update(document: TextDocument, entry: Entry): Promise<Found> {
    for (;;) {
      const cells = cellsAbove(document);
      const stamp = () => [document.version, ...cells.map((cell) => cell.version)].join();
      const of = stamp();
      if (entry.of === of || document.isClosed) return entry.found;
      const modules = this.#modules.reader(document.uri);
      const context = {
        fileName: document.fileName,
        cells: cells.map((cell) => cell.getText()),
        modules: modules.texts,
        versions: await this.#versions.of(document.uri),
      };
      const analyze = () =>
        inSlices(entry.analysis.analyze(document.getText(), context), () => stamp() === of);
      let result = await analyze();
      // What another file says may name yet another one.
      while (result && (await modules.read(result.wanted))) result = await analyze();
      if (!result || stamp() !== of) continue;
      entry.of = of;
      entry.modules.clear();
      for (const uri of modules.uris) entry.modules.add(uri);
      if (result.complete) {
        entry.good = result.configs;
        entry.edits = [];
      }
      const stale = !result.complete && entry.good !== undefined;
      const configs = stale
        ? entry.good!.map((config) => moved(config, entry.edits, document))
        : result.configs;
      entry.found = { configs, stale, around: { context, cells, files: modules.files } };
      return entry.found;
    }
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    this.#entries.get(document)?.edits.push(...editsOf(contentChanges));
    for (const other of this.#entries.keys())
      if (other !== document && cellsAbove(other).includes(document)) this.#changed.fire(other.uri);
  }
}
