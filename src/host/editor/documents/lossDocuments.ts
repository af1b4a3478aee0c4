import {
  EventEmitter,
  type NotebookDocument,
  type TextDocument,
  type TextDocumentChangeEvent,
  workspace,
} from 'vscode';
import type { AnalysisFailure } from '../../../analysis/analysisFailures.ts';
import { type AnalysisLanguage, isAnalysisLanguage } from '../../../analysis/hintWords.ts';
import type { LossConfig, Unread } from '../../../analysis/lossConfig.ts';
import { logFault } from '../../messages/faultLog.ts';
import { type Analyzed, type Around, type Code, FileCode } from './analyzedCode.ts';
import { notebookOf } from './cellDocuments.ts';
import { isEligible } from './eligibleDocuments.ts';
import type { Modules } from './importedModules.ts';
import { type Edit, editsOf, movedPlace } from './movedSpans.ts';
import { NotebookCode } from './notebookCode.ts';
import type { Versions } from './pinnedVersions.ts';

/** What was found in a document, with spans of the document as it is now. */
export interface FoundLosses {
  readonly configs: readonly LossConfig[];
  /** Where one couldn't be looked at. */
  readonly failures: readonly AnalysisFailure[];
  /** The document doesn't parse: this is from before. */
  readonly stale: boolean;
  /** Why some of the document wasn't looked into; null if all of it was. */
  readonly unread: Unread | null;
  readonly around: () => Around;
}

const NOTHING: FoundLosses = {
  configs: [],
  failures: [],
  stale: false,
  unread: null,
  around: () => ({ context: {}, cells: [], files: new Map() }),
};

interface Entry {
  readonly code: Code;
  found: FoundLosses;
  /** What `found` is of. */
  of: Analyzed | undefined;
  /** Edits since the last text that parsed. */
  edits: Edit[];
  /** The last that was found in a text that parsed. */
  good: readonly LossConfig[] | undefined;
  running: Promise<FoundLosses> | undefined;
  /** Runs the losses that weren't run at first. */
  rest: Promise<void> | undefined;
}

/** The loss configurations of the open documents: looked for when asked for, once for each version. */
export class LossDocuments {
  readonly #entries = new Map<TextDocument, Entry>();
  readonly #notebooks = new Map<NotebookDocument, NotebookCode>();
  readonly #modules: Modules;
  readonly #versions: Versions;
  readonly #changed = new EventEmitter<readonly TextDocument[]>();
  /** What is around these documents has changed: another cell, another file. Or the rest of their losses was run. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions = [
    workspace.onDidChangeTextDocument((event) => this.#edited(event)),
    workspace.onDidOpenTextDocument((document) => this.#notebookOf(document)?.change()),
    workspace.onDidCloseTextDocument((document) => {
      this.#notebookOf(document)?.change();
      this.#entries.delete(document);
    }),
    workspace.onDidCloseNotebookDocument((notebook) => this.#notebooks.delete(notebook)),
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      // Other cells are above a cell than before.
      if (contentChanges.length === 0) return;
      this.#notebooks.get(notebook)?.change();
      this.#fire(notebook.getCells().map(({ document }) => document));
    }),
  ];

  constructor(modules: Modules, versions: Versions) {
    this.#modules = modules;
    this.#versions = versions;
    modules.onDidChange((uri) => {
      const codes = new Set([...this.#entries.values()].map(({ code }) => code));
      const affected = new Set([...codes].filter((code) => code.forgetModule(uri)));
      this.#fire([...this.#entries].flatMap(([document, { code }]) => (affected.has(code) ? document : [])));
    });
  }

  /** Never rejects. Of a document that's being edited, the newest version when it's done. */
  async of(document: TextDocument): Promise<FoundLosses> {
    const { languageId } = document;
    if (!isEligible(document) || !isAnalysisLanguage(languageId)) return NOTHING;
    let entry = this.#entries.get(document);
    if (entry?.code.language !== languageId) {
      const code = this.#codeOf(document, languageId);
      entry = {
        code,
        found: NOTHING,
        of: undefined,
        edits: [],
        good: undefined,
        running: undefined,
        rest: undefined,
      };
      this.#entries.set(document, entry);
    }
    const current = entry;
    current.running ??= this.#update(document, current).finally(() => {
      current.running = undefined;
    });
    return current.running;
  }

  /** The same with all losses run, which may take seconds. */
  async allOf(document: TextDocument): Promise<FoundLosses> {
    for (;;) {
      const all = await this.of(document);
      const rest = this.#entries.get(document)?.rest;
      if (!rest) return all;
      await rest;
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** A Python cell is analysed with the cells above it, any other document by itself. */
  #codeOf(document: TextDocument, language: AnalysisLanguage): Code {
    const notebook = language === 'python' ? notebookOf(document) : undefined;
    if (!notebook) return new FileCode(language, this.#modules, this.#versions);
    const code = this.#notebooks.get(notebook) ?? new NotebookCode(notebook, this.#modules, this.#versions);
    this.#notebooks.set(notebook, code);
    return code;
  }

  #notebookOf(document: TextDocument): NotebookCode | undefined {
    const notebook = this.#notebooks.size > 0 ? notebookOf(document) : undefined;
    return notebook && this.#notebooks.get(notebook);
  }

  /** What fails as a whole is logged, and has what was found before. */
  async #update(document: TextDocument, entry: Entry): Promise<FoundLosses> {
    try {
      const analyzed = await entry.code.analyze(document);
      if (analyzed && analyzed !== entry.of) entry.found = found(analyzed, document, entry);
      const isNew = analyzed !== entry.of;
      entry.of = analyzed;
      if (isNew && hasRest(analyzed)) entry.rest ??= this.#runRest(document, entry);
    } catch (error) {
      logFault(document.fileName, error);
    }
    return entry.found;
  }

  async #runRest(document: TextDocument, entry: Entry): Promise<void> {
    try {
      let of: Analyzed | undefined;
      // After an edit, those of the new version.
      while (entry.of !== of && hasRest(entry.of)) {
        of = entry.of;
        if (!(await entry.code.runRest(document))) continue;
        this.#fire([document]);
        break;
      }
    } catch (error) {
      logFault(document.fileName, error);
    } finally {
      entry.rest = undefined;
    }
  }

  #edited({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    this.#entries.get(document)?.edits.push(...editsOf(contentChanges));
    const notebook = this.#notebookOf(document);
    if (!notebook) return;
    notebook.change();
    this.#fire(notebook.below(document));
  }

  /** One event for all that it concerns. */
  #fire(documents: readonly TextDocument[]): void {
    const known = documents.filter((document) => this.#entries.has(document));
    if (known.length > 0) this.#changed.fire(known);
  }
}

function hasRest(analyzed: Analyzed | undefined): boolean {
  if (!analyzed) return false;
  const { configs, unrun } = analyzed.analysis;
  return unrun === true || configs.some(({ executed }) => executed?.kind === 'pending');
}

function found({ analysis, around }: Analyzed, document: TextDocument, entry: Entry): FoundLosses {
  if (analysis.complete) {
    entry.good = analysis.configs;
    entry.edits = [];
  }
  const stale = !analysis.complete && entry.good !== undefined;
  const configs = stale
    ? entry.good!.map((config) => movedPlace(config, entry.edits, document))
    : analysis.configs;
  const failures = stale ? [] : analysis.failures;
  for (const { line, reason } of failures) logFault(`${document.fileName}, line ${line + 1}`, reason);
  return { configs, failures, stale, unread: analysis.unread, around };
}
