import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CodeLens,
  commands,
  type Hover,
  MarkdownString,
  type Position,
  TabInputWebview,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';

const EXTENSIONS: Readonly<Record<string, string>> = {
  python: 'py',
  yaml: 'yaml',
  json: 'json',
  toml: 'toml',
  shellscript: 'sh',
  makefile: 'mk',
};

/** Opens a text as a file of its own: untitled documents would get each other's names. */
export async function open(content: string, language = 'python'): Promise<TextDocument> {
  const path = join(mkdtempSync(join(tmpdir(), 'hints-')), `source.${EXTENSIONS[language]}`);
  writeFileSync(path, content);
  return workspace.openTextDocument(path);
}

/** The titles of all lenses of a document, in its order, those of one line joined as VS Code shows them. */
export async function lenses(document: TextDocument | Uri): Promise<string[]> {
  const uri = document instanceof Uri ? document : document.uri;
  const found = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  const byLine = new Map<number, string[]>();
  for (const { range, command } of found) {
    const titles = byLine.get(range.start.line) ?? [];
    byLine.set(range.start.line, [...titles, command?.title ?? '']);
  }
  return [...byLine].sort(([a], [b]) => a - b).map(([line, titles]) => `${line + 1}: ${titles.join(' | ')}`);
}

/** The Markdown of the hover where `text` is, without the backslashes that keep text from being Markdown; undefined if there's none. */
export async function hoverOn(document: TextDocument, text: string): Promise<string | undefined> {
  const at = document.positionAt(document.getText().indexOf(text) + 1);
  return hoverAt(document, at);
}

async function hoverAt(document: TextDocument, at: Position): Promise<string | undefined> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (content instanceof MarkdownString ? content.value : String(content))),
  );
  return texts.find((text) => text.includes('α'))?.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Resolves when it's so. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`Never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function closeAll(): Promise<void> {
  // Untitled documents are dirty: closing them plainly would ask.
  while (window.tabGroups.all.some((group) => group.tabs.length > 0)) {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

/** The title of the panel's tab; undefined if there is none. */
export function panelTitle(): string | undefined {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find(
    ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('smoothLabels.panel'),
  )?.label;
}
