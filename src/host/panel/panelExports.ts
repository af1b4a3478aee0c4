import { env, l10n, Uri, window, workspace } from 'vscode';
import { BatchGoneError, EngineStoppedError } from '../../engine/client/engineFailures.ts';
import { tableText } from '../../engine/export/tableText.ts';
import { fileName } from '../../escape/fileName.ts';
import type {
  Destination,
  Exported,
  ExportFormat,
  ExportWay,
  Picture,
  TableFormat,
  TooLarge,
} from '../../protocol/exportChannel.ts';

import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { receivedTable, type SentTable } from '../../protocol/sentTable.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { count } from '../../words/numberFormat.ts';
import { sayError, sayWarning } from '../messages/notifications.ts';
import { describeStop } from '../messages/stopMessages.ts';
import { OutdatedError } from './page/figureQuestions.ts';
import { withoutJoiners } from './page/lineBreaks.ts';

/** What the panel is of: where its exports are offered to be saved. */
export interface ExportSource {
  readonly name: string;
  /** Of a file or an unsaved document; absent for what was pasted. */
  readonly uri?: string;
}

/** The end of a file's name, what a dialog calls such files, and what `digits.json` becomes: `digits-rows.csv`. */
const FILES: Readonly<Record<ExportFormat | Picture['format'], readonly [end: string, part: string]>> = {
  csv: ['csv', 'rows'],
  json: ['json', 'loss'],
  markdown: ['md', 'loss'],
  pytorch: ['py', 'pytorch'],
  numpy: ['py', 'numpy'],
  keras: ['py', 'keras'],
  optax: ['py', 'optax'],
  targets: ['npy', 'smoothed'],
  classes: ['npy', 'classes'],
  svg: ['svg', ''],
  png: ['png', ''],
};

/** Hands over what the panel shows: to the clipboard, or to a file that is asked for. */
export class Exports {
  readonly #source: () => ExportSource;

  constructor(source: () => ExportSource) {
    this.#source = source;
  }

  /** Resolves to what was done; null if no file was chosen. Rejects if there's too much, once that was said. */
  async batch(
    format: ExportFormat,
    to: Destination,
    loss: PanelSpec,
    work: ExportWork,
  ): Promise<string | null> {
    const part = FILES[format][1];
    // A file's rows aren't made before it's known where they should go: there they go one after the other.
    if (to === 'file' && isStreamed(format)) {
      const chosen = await this.#chooseFile(format, part);
      if (!chosen) return null;
      const path = chosen.scheme === 'file' ? chosen.fsPath : undefined;
      try {
        const exported = await this.#exported(() =>
          work(format, to, loss, path === undefined ? {} : { path }),
        );
        if (!exported.ok) return await refuse(tooLarge(exported.problem, format, to));
        return exported.value === null ? savedAs(chosen) : await this.#save(exported.value, chosen);
      } catch (error) {
        if (!(error instanceof Error) || isSaid(error)) throw error;
        void sayError(l10n.t('{0} couldn’t be saved: {1}', chosen.path, error.message));
        return null;
      }
    }
    const exported = await this.#exported(() => work(format, to, loss));
    if (exported.ok) return this.#deliver(exported.value!, format, part, to);
    const why = tooLarge(exported.problem, format, to);
    if (!isStreamed(format)) return refuse(why);
    const [copyFigures, copyTable] = [l10n.t('Copy the figures'), l10n.t('Copy the table without rows')];
    const save = l10n.t('Save as a file…');
    const instead = await sayWarning(why, copyFigures, copyTable, save);
    if (instead === save) return this.batch(format, 'file', loss, work);
    if (instead !== copyFigures && instead !== copyTable) return null;
    const withoutRows = instead === copyFigures ? 'figures' : 'table';
    const figures = await this.#exported(() => work(format, to, loss, { withoutRows }));
    return figures.ok ? this.#deliver(figures.value!, format, part, to) : null;
  }

  async #exported(work: () => ReturnType<ExportWork>): ReturnType<ExportWork> {
    try {
      return await work();
    } catch (error) {
      if (isStopped(error)) void sayError(describeStop(error));
      if (error instanceof OutdatedError)
        void sayWarning(l10n.t('The panel’s contents changed during the export. Export again.'));
      throw error;
    }
  }

  table(name: string, table: SentTable, format: TableFormat, to: Destination): Promise<string | null> {
    return this.#deliver(tableText(receivedTable(table), format), format, slug(name), to);
  }

  picture(name: string, { format, content }: Picture, to: Destination): Promise<string | null> {
    return this.#deliver(content, format, slug(name), to);
  }

  /** A text that is complete; `part` becomes part of the file's name. */
  text(part: string, format: 'markdown' | 'pytorch', text: string, to: Destination): Promise<string | null> {
    return this.#deliver(text, format, slug(part), to);
  }

  async #deliver(
    shown: string | Uint8Array,
    format: ExportFormat | Picture['format'],
    part: string,
    to: Destination,
  ): Promise<string | null> {
    const content = typeof shown === 'string' ? withoutJoiners(shown) : shown;
    if (to === 'clipboard') {
      if (typeof content !== 'string') throw new Error(`${format} is no text`);
      await env.clipboard.writeText(content);
      return l10n.t('Copied');
    }
    const chosen = await this.#chooseFile(format, part);
    return chosen ? this.#save(content, chosen) : null;
  }

  async #chooseFile(format: ExportFormat | Picture['format'], part: string): Promise<Uri | undefined> {
    const [end] = FILES[format];
    const { name, uri } = this.#source();
    const stem = name.replace(/(?:\.logits)?\.\w+$/, '');
    const defaultUri = offered(uri, `${fileName(`${stem}-${part}`)}.${end}`);
    return window.showSaveDialog({
      ...(defaultUri && { defaultUri }),
      filters: { [end.toUpperCase()]: [end] },
      title: l10n.t('Export'),
    });
  }

  async #save(content: string | Uint8Array, chosen: Uri): Promise<string | null> {
    try {
      await workspace.fs.writeFile(
        chosen,
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void sayError(l10n.t('{0} couldn’t be saved: {1}', chosen.path, why));
      return null;
    }
    return savedAs(chosen);
  }
}

/** It was said why there's nothing. */
class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}

async function refuse(why: string): Promise<never> {
  void sayWarning(why);
  throw new ExportRefused(why);
}

function savedAs({ path }: Uri): string {
  return l10n.t('Saved as {0}', path.slice(path.lastIndexOf('/') + 1));
}

/** Tables and arrays, which may have millions of rows; a program is a text. */
function isStreamed(format: ExportFormat): boolean {
  return ['csv', 'json', 'markdown', 'targets', 'classes'].includes(format);
}

function isStopped(error: unknown): error is EngineStoppedError | BatchGoneError {
  return error instanceof EngineStoppedError || error instanceof BatchGoneError;
}

/** Whoever asked has been told. */
function isSaid(error: Error): boolean {
  return isStopped(error) || error instanceof ExportRefused || error instanceof OutdatedError;
}

type ExportWork = (
  format: ExportFormat,
  to: Destination,
  loss: PanelSpec,
  how?: ExportWay,
) => Promise<Outcome<Exported, TooLarge>>;

/** Beside the source, else in the workspace. VS Code has a place of its own for what is in neither. */
function offered(uri: string | undefined, file: string): Uri | undefined {
  const source = uri === undefined ? undefined : Uri.parse(uri);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (source && workspace.fs.isWritableFileSystem(source.scheme)) return Uri.joinPath(source, '..', file);
  return folder && Uri.joinPath(folder, file);
}

/** Part of a file's name: `Row 3: the gradient` becomes `row-3-the-gradient`. */
function slug(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'chart'
  );
}

function tooLarge({ count: numbers, limit }: TooLarge, format: ExportFormat, to: Destination): string {
  const [given, most] = [count(numbers), count(limit)];
  if (format === 'targets' || format === 'classes')
    return l10n.t(
      '{0} numbers are too many for a file (at most {1}). Smooth the classes in your training code instead.',
      given,
      most,
    );
  if (to === 'file')
    return l10n.t('{0} numbers are too many for a text file (at most {1}). Select fewer rows.', given, most);
  return l10n.t(
    '{0} numbers are too many to copy as text (at most {1}). Select fewer rows, or save a file.',
    given,
    most,
  );
}
