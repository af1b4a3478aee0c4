import {
  type CancellationToken,
  type Diagnostic,
  l10n,
  languages,
  type Progress,
  ProgressLocation,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import { hasHintWord } from '../../../analysis/hintWords.ts';
import { type LineStarts, lineAt, lineStartsOf } from '../../../analysis/lineStarts.ts';
import { LossDocument } from '../../../analysis/lossDocument.ts';
import { fileLanguage } from '../../../problems/files/fileLanguages.ts';
import { type IgnoreRules, ignoreRules, isPathIgnored } from '../../../problems/files/ignoreRules.ts';
import { pythonCells } from '../../../problems/files/notebookCells.ts';
import { hasTooManyBytes, isTooLarge } from '../../../problems/files/tooLarge.ts';
import { IgnoreComments } from '../../../problems/ignoreComments.ts';
import { type Problem, problemsOf, withoutRepeats } from '../../../problems/problems.ts';
import { WORKSPACE_PROBLEMS } from '../../contributions.ts';
import { logFault } from '../../messages/faultLog.ts';
import { sayInformation, sayWarning } from '../../messages/notifications.ts';
import { Slices } from '../documents/analysisSlices.ts';
import { withModules } from '../documents/analyzedCode.ts';
import { filesBelow } from '../documents/filesBelow.ts';
import type { Modules } from '../documents/importedModules.ts';
import type { Versions } from '../documents/pinnedVersions.ts';
import { type CheckOutcome, outcomeText } from './checkOutcome.ts';
import { severityChoices } from './checkSettings.ts';
import { diagnosticOf } from './diagnostics.ts';

/** Checks all files of the workspace when it's asked to. Open documents have their own problems, and keep them. */
export class WorkspaceCheck {
  readonly #modules: Modules;
  readonly #versions: Versions;
  readonly #diagnostics = languages.createDiagnosticCollection(WORKSPACE_PROBLEMS);
  readonly #subscriptions = [
    this.#diagnostics,
    workspace.onDidOpenTextDocument(({ uri }) => this.#diagnostics.delete(uri)),
    workspace.onDidOpenNotebookDocument(({ uri }) => this.#diagnostics.delete(uri)),
    workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => void this.#diagnostics.delete(uri))),
    workspace.onDidRenameFiles(({ files }) =>
      files.forEach(({ oldUri }) => void this.#diagnostics.delete(oldUri)),
    ),
  ];

  constructor(modules: Modules, versions: Versions) {
    this.#modules = modules;
    this.#versions = versions;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Shows how far it is, and can be cancelled: what was found until then stays. Resolves to how many problems there are. */
  async run(): Promise<number> {
    const options = {
      location: ProgressLocation.Notification,
      title: l10n.t('Checking losses in the workspace'),
      cancellable: true,
    };
    const outcome = await window.withProgress(options, (progress, token) => this.#run(progress, token));
    const say = outcome.tooLarge.length > 0 ? sayWarning : sayInformation;
    say(outcomeText(outcome));
    return outcome.found;
  }

  async #run(
    progress: Progress<{ message?: string; increment?: number }>,
    token: CancellationToken,
  ): Promise<CheckOutcome> {
    this.#diagnostics.clear();
    const folders = workspace.workspaceFolders ?? [];
    const below = await Promise.all(folders.map(({ uri }) => filesBelow(uri, token)));
    const rules = await rulesOf(below.flatMap(({ ignoring }) => ignoring));
    const shown = new Set(
      [...workspace.textDocuments, ...workspace.notebookDocuments].map(({ uri }) => uri.toString()),
    );
    const files = below.flatMap(({ sources }) => sources).filter((uri) => !isLeftOut(uri, rules));
    const slices = new Slices();
    const tooLarge: string[] = [];
    let [found, checked] = [0, 0];
    for (const uri of files) {
      if (token.isCancellationRequested) break;
      checked++;
      progress.report({ message: workspace.asRelativePath(uri), increment: 100 / files.length });
      if (shown.has(uri.toString())) {
        found += languages.getDiagnostics(uri).filter(({ source }) => source === 'Smooth Labels').length;
        continue;
      }
      try {
        const diagnostics = await this.#check(uri, slices, token);
        if (!diagnostics) {
          tooLarge.push(workspace.asRelativePath(uri));
          continue;
        }
        if (diagnostics.length > 0) this.#diagnostics.set(uri, diagnostics);
        found += diagnostics.length;
      } catch (error) {
        logFault(uri.fsPath, error);
      }
    }
    const isWhole = checked === files.length && !token.isCancellationRequested;
    return { found, files: checked - tooLarge.length, tooLarge, isWhole };
  }

  /** What is wrong with a file; null if it's too large to be looked at. */
  async #check(uri: Uri, slices: Slices, token: CancellationToken): Promise<readonly Diagnostic[] | null> {
    const language = fileLanguage(uri.path);
    if (!language) return [];
    const { size } = await workspace.fs.stat(uri);
    if (hasTooManyBytes(size, language)) return null;
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    if (isTooLarge(text, language)) return null;
    if (!hasHintWord(text)) return [];
    const choices = severityChoices(uri);
    const isWanted = () => !token.isCancellationRequested;
    const releases = await this.#versions.of(uri);
    const reader = this.#modules.reader(uri);
    const context = { fileName: uri.fsPath, modules: reader.texts, ...releases };
    const problemsIn = async (document: LossDocument, code: string, cells: readonly string[]) => {
      const work = () => document.analyze(code, { ...context, cells });
      const analysis = await withModules(slices, work, reader, isWanted);
      const comments = new IgnoreComments(code);
      const all = (analysis?.configs ?? []).flatMap((config) => problemsOf(config, comments, choices));
      return withoutRepeats(all, (problem) => problem);
    };
    if (language !== 'notebook') {
      const starts = lineStartsOf(text);
      const problems = await problemsIn(new LossDocument(language), text, []);
      return problems.map((problem) => diagnosticOf(problem, rangeIn(problem, starts)));
    }
    const cells = pythonCells(text);
    const document = new LossDocument('python');
    const diagnostics: Diagnostic[] = [];
    for (const [i, cell] of cells.entries()) {
      if (!hasHintWord(cell.text)) continue;
      const above = cells.slice(0, i).map((each) => each.text);
      const starts = lineStartsOf(cell.text);
      for (const problem of await problemsIn(document, cell.text, above)) {
        const line = lineAt(starts, problem.span.from) + 1;
        const message = l10n.t('Cell {0}, line {1}: {2}', cell.index + 1, line, problem.message);
        // Where a cell is in its file has no place in the notebook's editor.
        diagnostics.push(diagnosticOf({ ...problem, message }, new Range(0, 0, 0, 0)));
      }
    }
    return diagnostics;
  }
}

function rangeIn({ span }: Problem, starts: LineStarts): Range {
  const [from, to] = [lineAt(starts, span.from), lineAt(starts, span.to)];
  return new Range(from, span.from - starts[from]!, to, span.to - starts[to]!);
}

/** Every .gitignore, from the outermost to the innermost. */
async function rulesOf(uris: readonly Uri[]): Promise<readonly IgnoreRules[]> {
  const sorted = uris.toSorted((a, b) => a.path.length - b.path.length);
  return Promise.all(
    sorted.map(async (uri) =>
      ignoreRules(Uri.joinPath(uri, '..').path, new TextDecoder().decode(await workspace.fs.readFile(uri))),
    ),
  );
}

/** It, or a folder that it's in. */
function isLeftOut({ path }: Uri, rules: readonly IgnoreRules[]): boolean {
  if (rules.length === 0) return false;
  const outermost = Math.min(...rules.map(({ folder }) => folder.length));
  for (let end = path.indexOf('/', outermost + 1); end >= 0; end = path.indexOf('/', end + 1))
    if (isPathIgnored(path.slice(0, end), true, rules)) return true;
  return isPathIgnored(path, false, rules);
}
