import { type Disposable, l10n, type TextDocument, WorkspaceEdit, workspace } from 'vscode';

import type { SourceSpan } from '../../../analysis/sourcePlace.ts';
import type { Made } from '../../panel/alpha/writtenAlpha.ts';
import { rangeOf } from '../checks/diagnostics.ts';
import { nameOfDocument } from '../documents/cellDocuments.ts';
import { editsOf, movedSpan } from '../documents/movedSpans.ts';
import { openDocument } from './openDocument.ts';

/** An edit that was made. It's followed through later edits, so that it can be taken back as long as what it wrote is there. */
export class WrittenEdit {
  readonly id = crypto.randomUUID();
  readonly #uri: string;
  readonly #name: string;
  readonly #following: Disposable;
  /** What the document has in place of `#before`. */
  readonly #written: string;
  readonly #before: string;
  #span: SourceSpan;

  /** `before`: the whole text of the document before the edit, which was just made. */
  constructor(document: TextDocument, before: string) {
    this.#uri = document.uri.toString();
    this.#name = nameOfDocument(document);
    const now = document.getText();
    const { from, end } = linesAround(differing(before, now), before);
    this.#span = { from, to: now.length - end };
    this.#written = now.slice(from, now.length - end);
    this.#before = before.slice(from, before.length - end);
    this.#following = workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
      if (changed.uri.toString() === this.#uri) this.#span = movedSpan(this.#span, editsOf(contentChanges));
    });
  }

  /** Puts back what was there before, or says why it can't. */
  async undo(): Promise<Made | { readonly why: string }> {
    const document = await openDocument(this.#uri);
    if (!document) return { why: l10n.t('{0} was closed or deleted.', this.#name) };
    const range = rangeOf(this.#span, document);
    const changed = {
      why: l10n.t('{0} has changed at that place since then, so this can’t be undone here.', this.#name),
    };
    if (document.getText(range) !== this.#written) return changed;
    // No more than what differs: what follows the loss through edits would lose it.
    const { from, end } = differing(this.#written, this.#before);
    const span = { from: this.#span.from + from, to: this.#span.to - end };
    const changes = new WorkspaceEdit();
    changes.replace(
      document.uri,
      rangeOf(span, document),
      this.#before.slice(from, this.#before.length - end),
    );
    if (!(await workspace.applyEdit(changes))) return changed;
    const { line, character } = document.positionAt(span.from);
    return {
      done: l10n.t('Undid the change in {0}, line {1}.', this.#name, line + 1),
      at: { name: this.#name, uri: this.#uri, line, character },
    };
  }

  dispose(): void {
    this.#following.dispose();
  }
}

interface Stretch {
  /** From the beginning of both texts, and from their ends. */
  readonly from: number;
  readonly end: number;
}

/** Where two texts differ. */
function differing(a: string, b: string): Stretch {
  const most = Math.min(a.length, b.length);
  let from = 0;
  while (from < most && a[from] === b[from]) from++;
  let end = 0;
  while (end < most - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  return { from, end };
}

/** The whole lines of it: of a number that was changed again no digit may be put back. */
function linesAround({ from: first, end: last }: Stretch, text: string): Stretch {
  let [from, end] = [first, last];
  while (from > 0 && text[from - 1] !== '\n') from--;
  // No place is between the two characters of a line's end.
  const isLineEnd = (index: number) =>
    text[index] === '\r' || (text[index] === '\n' && text[index - 1] !== '\r');
  while (end > 0 && !isLineEnd(text.length - end)) end--;
  return { from, end };
}
