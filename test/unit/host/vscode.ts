/**
 * As much of VS Code's API as sentences, lenses and hovers are made of. Use: `vi.mock('vscode', () => import('../vscode.ts'))`.
 * What is in a real VS Code is tested there, by test/host.
 */
export const l10n = {
  t: (message: string, ...args: readonly unknown[]) =>
    message.replace(/\{(\d+)\}/g, (_, i) => String(args[Number(i)])),
};

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

export class CodeLens {
  readonly range: Range;
  readonly command:
    | { readonly title: string; readonly tooltip?: string; readonly command: string }
    | undefined;

  constructor(range: Range, command?: CodeLens['command']) {
    this.range = range;
    this.command = command;
  }
}

export class MarkdownString {
  readonly value: string;
  isTrusted: unknown;

  constructor(value = '') {
    this.value = value;
  }
}

export class Hover {
  readonly contents: MarkdownString;
  readonly range: Range | undefined;

  constructor(contents: MarkdownString, range?: Range) {
    this.contents = contents;
    this.range = range;
  }
}

export const Uri = { parse: (text: string) => ({ toString: () => text }) };

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;

  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

/** What was written into output channels. */
export const logged: string[] = [];

export const window = {
  activeTextEditor: undefined as { readonly document: unknown } | undefined,
  onDidChangeActiveTextEditor: () => ({ dispose: () => {} }),
  createOutputChannel: () => ({ error: (text: string) => void logged.push(text) }),
};

export const commands = { executeCommand: async () => undefined };

export const ColorThemeKind = { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 };
export const NotebookCellKind = { Markup: 1, Code: 2 };

/** Language status items that are shown. */
export const statusItems = new Set<{ text?: string; detail?: string; readonly selector: unknown }>();

export const languages = {
  createLanguageStatusItem: (_id: string, selector: unknown) => {
    const item = { selector, dispose: () => statusItems.delete(item) };
    statusItems.add(item);
    return item;
  },
};

export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };

/** What is open. */
export const workspace = {
  getConfiguration: () => ({ get: () => undefined }),
  notebookDocuments: [] as unknown[],
  textDocuments: [] as unknown[],
};

export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly event = (listener: (event: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
