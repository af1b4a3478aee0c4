import type { AnalysisLanguage } from '../../analysis/hintWords.ts';

/** What a file is, as far as its name says. */
export type FileLanguage = AnalysisLanguage | 'notebook';

const BY_ENDING: Readonly<Record<string, FileLanguage>> = {
  py: 'python',
  pyw: 'python',
  ipynb: 'notebook',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  jsonc: 'jsonc',
  toml: 'toml',
  sh: 'shellscript',
  bash: 'shellscript',
  zsh: 'shellscript',
  mk: 'makefile',
};

/** Folders that hold what others wrote, or what tools made. */
export const SKIPPED_FOLDERS: readonly string[] = [
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  'site-packages',
];

/** The language of a file that may configure losses; undefined for any other. */
export function fileLanguage(path: string): FileLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:GNUm|[Mm])akefile$/.test(name)) return 'makefile';
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return name.includes('.') && Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
}
