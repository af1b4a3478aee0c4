import type { NotebookDocument, TextDocument } from 'vscode';
import type { ModuleReader, Modules } from '../../../../src/host/editor/documents/importedModules.ts';
import type { Versions } from '../../../../src/host/editor/documents/pinnedVersions.ts';
import { NotebookCellKind, workspace } from '../vscode.ts';

/** A cell's document that can be edited, as far as hints ask. */
export class Cell {
  readonly uri: { readonly scheme: string; readonly path: string; toString(): string };
  readonly fileName = 'notebook.ipynb';
  readonly languageId = 'python';
  readonly isClosed = false;
  version = 1;
  #lines: readonly string[];
  /** How often its text was copied. */
  copies = 0;

  constructor(text: string, index: number) {
    this.#lines = text.split('\n');
    const name = `vscode-notebook-cell:notebook.ipynb#${index}`;
    this.uri = { scheme: 'vscode-notebook-cell', path: '/notebook.ipynb', toString: () => name };
  }

  edit(text: string): void {
    this.#lines = text.split('\n');
    this.version++;
  }

  getText(): string {
    this.copies++;
    return this.#lines.join('\n');
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  lineAt(line: number) {
    const text = this.#lines[line]!;
    return { text, range: { end: { line, character: text.length } } };
  }

  offsetAt({ line, character }: { readonly line: number; readonly character: number }): number {
    return this.#lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, character);
  }
}

export interface OpenNotebook {
  readonly notebook: NotebookDocument;
  readonly cells: Cell[];
  documentAt(index: number): TextDocument;
}

/** Opens a notebook of Python cells. */
export function openNotebook(texts: readonly string[]): OpenNotebook {
  const cells = texts.map((text, i) => new Cell(text, i));
  const notebook = {
    uri: { path: '/notebook.ipynb' },
    isClosed: false,
    get version() {
      return cells.reduce((sum, { version }) => sum + version, 0);
    },
    getCells: () => cells.map((document) => ({ kind: NotebookCellKind.Code, document })),
  };
  workspace.notebookDocuments.push(notebook);
  return {
    notebook: notebook as unknown as NotebookDocument,
    cells,
    documentAt: (index) => cells[index] as unknown as TextDocument,
  };
}

/** Files that are imported from, by module; `read` says which were asked for. */
export class StoredModules {
  readonly files: Record<string, string>;
  readonly asked: string[] = [];
  readonly most: number;

  constructor(files: Record<string, string> = {}, most = 12) {
    this.files = files;
    this.most = most;
  }

  reader(): ModuleReader {
    const texts = new Map<string, string | null>();
    const uris = new Set<string>();
    return {
      texts,
      uris,
      files: new Map(),
      read: async (wanted) => {
        const fresh = wanted.filter(({ key }) => !texts.has(key)).slice(0, this.most - texts.size);
        for (const { key } of fresh) {
          this.asked.push(key);
          uris.add(key);
          texts.set(key, this.files[key] ?? null);
        }
        return fresh.length > 0;
      },
    };
  }

  get modules(): Modules {
    return this as unknown as Modules;
  }
}

export const NO_VERSIONS = { of: async () => ({}) } as unknown as Versions;
