import {
  FilePermission,
  l10n,
  Position,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { lineChange } from '../../../analysis/edit/textEdit.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { AlphaPreview, ShownAlpha } from '../../../protocol/alphaChannel.ts';
import type { AlphaWriter, ConfigPlace, Made, Written } from '../../panel/alpha/writtenAlpha.ts';
import { rangeOf } from '../checks/diagnostics.ts';
import { nameOfDocument } from '../documents/cellDocuments.ts';
import type { LossDocuments } from '../documents/lossDocuments.ts';
import { type Proposal, propose } from './alphaProposal.ts';
import { conversionWords, othersWords } from './applyWords.ts';
import { openDocument } from './openDocument.ts';
import { WrittenEdit } from './writtenEdit.ts';

interface Pending extends Proposal {
  readonly place: ConfigPlace;
  readonly shown: ShownAlpha;
  readonly preview: AlphaPreview;
}

/** Sets α where code has it: shows the edit first, then makes it if it's still that edit. */
export class SourceAlphaWriter implements AlphaWriter {
  readonly #documents: LossDocuments;
  readonly #follow: (document: TextDocument, config: LossConfig) => void;
  #pending: Pending | undefined;
  /** The last edit that was made. */
  #written: WrittenEdit | undefined;

  /** `follow` is told which configuration it was that the panel shows: after a reload of the window nobody else knows. */
  constructor(documents: LossDocuments, follow: (document: TextDocument, config: LossConfig) => void) {
    this.#documents = documents;
    this.#follow = follow;
  }

  async preview(place: ConfigPlace, shown: ShownAlpha): ReturnType<AlphaWriter['preview']> {
    const proposed = await this.#propose(place, shown);
    if ('why' in proposed) return proposed;
    const preview = previewOf(proposed, shown);
    this.#pending = { ...proposed, place, shown, preview };
    return { preview };
  }

  async apply(id: string): Promise<Written> {
    const looked = this.#pending;
    this.#pending = undefined;
    if (looked?.preview.id !== id) return { why: l10n.t('The preview is out of date. Open it again.') };
    const again = await this.preview(looked.place, looked.shown);
    const now = this.#pending as Pending | undefined;
    if ('why' in again || !now) return again;
    if (!sameEdit(looked.preview, now.preview)) {
      const notes = [
        l10n.t('The code has changed since then. This is the updated edit.'),
        ...now.preview.notes,
      ];
      return { preview: { ...now.preview, notes } };
    }
    this.#pending = undefined;
    const written = await write(now);
    if (!('done' in written)) return written;
    this.#written?.dispose();
    this.#written = new WrittenEdit(now.document, now.edit.before);
    return { ...written, undo: this.#written.id };
  }

  async undo(id: string): Promise<Made | { readonly why: string }> {
    const written = this.#written;
    if (written?.id !== id) return { why: l10n.t('Only the most recent edit can be undone here.') };
    const undone = await written.undo();
    if ('done' in undone) this.dispose();
    return undone;
  }

  dispose(): void {
    this.#written?.dispose();
    this.#written = undefined;
  }

  async #propose(place: ConfigPlace, shown: ShownAlpha): Promise<Proposal | { readonly why: string }> {
    const document = await openDocument(place.uri);
    if (!document) return { why: l10n.t('{0} was closed or deleted.', place.name) };
    const found = await this.#documents.of(document);
    if (found.stale) return { why: l10n.t('{0} has syntax errors. Fix them, then apply α.', place.name) };
    const offset = document.offsetAt(new Position(place.line, place.character));
    const distance = (from: number) => Math.abs(from - offset);
    const [config] = found.configs
      .filter(({ name }) => name === place.loss)
      .sort((a, b) => distance(a.callee.from) - distance(b.callee.from));
    if (!config) return { why: l10n.t('{0} no longer contains {1}.', place.name, place.loss) };
    this.#follow(document, config);
    const proposed = await propose(config, document, found, shown);
    if ('why' in proposed) return proposed;
    if (await isReadOnly(proposed.document.uri))
      return { why: l10n.t('{0} is read-only.', nameOfDocument(proposed.document)) };
    return proposed;
  }
}

async function isReadOnly(uri: Uri): Promise<boolean> {
  // Cells and untitled documents are in no file system.
  const { scheme } = uri;
  if (workspace.fs.isWritableFileSystem(scheme) === false) return true;
  try {
    const { permissions = 0 } = await workspace.fs.stat(uri);
    return (permissions & FilePermission.Readonly) !== 0;
  } catch {
    return false;
  }
}

/** The edit, as its lines show it. */
function previewOf(
  { edit, document, config, alpha }: Proposal,
  { labelSmoothing }: ShownAlpha,
): AlphaPreview {
  const { line, above, removed, added } = lineChange(edit.before, edit.after);
  const notes = [
    alpha === labelSmoothing ? '' : conversionWords(labelSmoothing, alpha),
    config.alpha.token?.complement ? l10n.t('The code stores 1 − α.') : '',
    edit.others.length > 0 ? othersWords(edit.others) : '',
  ].filter((note) => note !== '');
  const lines = { above: above?.slice(0, MOST_LETTERS) ?? null, ...shortenedLines(removed, added) };
  return { id: crypto.randomUUID(), file: nameOfDocument(document), line, ...lines, notes };
}

const MOST_LETTERS = 160;

/** Lines as long as data files have them, around what differs. */
function shortenedLines(
  removed: readonly string[],
  added: readonly string[],
): Pick<AlphaPreview, 'removed' | 'added'> {
  const [a = '', b = ''] = [removed[0], added[0]];
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  const from = Math.max(0, same - MOST_LETTERS / 2);
  const shorten = (line: string) => {
    if (line.length <= MOST_LETTERS) return line;
    const end = from + MOST_LETTERS;
    return `${from > 0 ? '…' : ''}${line.slice(from, end)}${end < line.length ? '…' : ''}`;
  };
  return { removed: removed.map(shorten), added: added.map(shorten) };
}

function sameEdit(a: AlphaPreview, b: AlphaPreview): boolean {
  return (
    JSON.stringify([a.file, a.above, a.removed, a.added]) ===
    JSON.stringify([b.file, b.above, b.removed, b.added])
  );
}

async function write({ edit, document, preview }: Pending): Promise<Made | { readonly why: string }> {
  const changes = new WorkspaceEdit();
  for (const { span, text } of edit.edits) changes.replace(document.uri, rangeOf(span, document), text);
  const name = nameOfDocument(document);
  // VS Code refuses it, too, if the document has changed since its positions were computed.
  if (!(await workspace.applyEdit(changes)))
    return { why: l10n.t('VS Code didn’t make the edit: {0} has changed, or is read-only.', name) };
  const { line, character } = document.positionAt(edit.edits.at(-1)!.span.from);
  return {
    done: l10n.t('Written to {0}, line {1}.', name, preview.line + 1),
    at: { name, uri: document.uri.toString(), line, character },
  };
}
