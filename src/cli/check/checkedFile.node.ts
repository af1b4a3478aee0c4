import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasHintWord } from '../../analysis/hintWords.ts';
import type { AnalysisContext, LossConfig, ModuleRequest } from '../../analysis/lossConfig.ts';
import { LossDocument } from '../../analysis/lossDocument.ts';
import { finish } from '../../loss/work.ts';
import type { FileLanguage } from '../../problems/files/fileLanguages.ts';
import { pythonCells } from '../../problems/files/notebookCells.ts';
import { hasTooManyBytes, isTooLarge } from '../../problems/files/tooLarge.ts';
import type { FoundFile } from './foundFiles.node.ts';
import type { Project } from './project.node.ts';

/** A text with the losses it sets up: a file, or a cell of a notebook. */
export interface CheckedText {
  readonly text: string;
  /** Zero-based; null for a file that isn't a notebook. */
  readonly cell: number | null;
  readonly configs: readonly LossConfig[];
}

/** Following imports ends here, as in the editor. */
const MOST_MODULES = 12;

/** What a file sets up; null if it's too large to be looked at. Throws if it can't be read. */
export function checkedFile({ path, language }: FoundFile, project: Project): readonly CheckedText[] | null {
  const text = textOfFile(path, language);
  if (text === null) return null;
  if (!hasHintWord(text)) return [];
  const context = { fileName: path, ...project.releases(dirname(path)) };
  if (language !== 'notebook') {
    const document = new LossDocument(language);
    const modules = language === 'python' ? project : null;
    return [{ text, cell: null, configs: configsOf(document, text, context, path, modules) }];
  }
  const cells = pythonCells(text);
  // The cells above are parsed once.
  const document = new LossDocument('python');
  return cells.flatMap(({ text: code, index }, i) => {
    if (!hasHintWord(code)) return [];
    const above = cells.slice(0, i).map((each) => each.text);
    const configs = configsOf(document, code, { ...context, cells: above }, path, project);
    return [{ text: code, cell: index, configs }];
  });
}

function configsOf(
  document: LossDocument,
  text: string,
  context: AnalysisContext,
  path: string,
  project: Project | null,
): readonly LossConfig[] {
  const modules = new Map<string, string | null>();
  const files = new Map<string, string>();
  for (;;) {
    const { configs, wanted } = finish(document.analyze(text, { ...context, modules }));
    const fresh = wanted.filter(({ key }) => !modules.has(key)).slice(0, MOST_MODULES - modules.size);
    if (!project || fresh.length === 0) return configs;
    for (const request of fresh) {
      const found = moduleFile(request, path, files, project);
      modules.set(request.key, found?.text ?? null);
      if (found) files.set(request.key, found.path);
    }
  }
}

function moduleFile(
  { level, path, from }: ModuleRequest,
  asking: string,
  files: ReadonlyMap<string, string>,
  project: Project,
): { readonly path: string; readonly text: string } | undefined {
  const asker = from === undefined ? asking : files.get(from);
  if (asker === undefined) return undefined;
  const folders = project.foldersAbove(asker);
  for (const folder of level > 0 ? folders.slice(level - 1, level) : folders)
    for (const file of [
      ...(path.length > 0 ? [`${join(folder, ...path)}.py`] : []),
      join(folder, ...path, '__init__.py'),
    ]) {
      const text = project.text(file);
      if (text !== null) return { path: file, text };
    }
  return undefined;
}

/** Null for what is too large to be looked at. */
function textOfFile(path: string, language: FileLanguage): string | null {
  const file = openSync(path, 'r');
  try {
    if (hasTooManyBytes(fstatSync(file).size, language)) return null;
    const text = readFileSync(file, 'utf8');
    return isTooLarge(text, language) ? null : text;
  } finally {
    closeSync(file);
  }
}
