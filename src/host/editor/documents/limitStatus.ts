import {
  type Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  window,
} from 'vscode';
import { MOST_CHARACTERS, MOST_IN_LINE } from '../../../analysis/common/sourceLimits.ts';
import type { Unread } from '../../../analysis/lossConfig.ts';
import { count } from '../../../words/numberFormat.ts';
import { LIMIT_STATUS } from '../../contributions.ts';
import { type Limit, limitOf } from './eligibleDocuments.ts';

/** Says in the language status of an editor, and nowhere else, that its document has no lenses for its size, or not all. */
export class LimitStatus implements Disposable {
  #item: LanguageStatusItem | undefined;
  #shown: { readonly uri: string; readonly limit: Limit | Unread } | undefined;
  readonly #unread = new WeakMap<TextDocument, Unread>();
  readonly #subscription = window.onDidChangeActiveTextEditor(() => this.update());

  /** A document was looked into; null if all of it was. */
  read(document: TextDocument, unread: Unread | null): void {
    if (unread) this.#unread.set(document, unread);
    else this.#unread.delete(document);
    this.update();
  }

  /** Brings it up to date with the active editor. */
  update(): void {
    const document = window.activeTextEditor?.document;
    const limit = document && (limitOf(document) ?? this.#unread.get(document));
    const uri = document?.uri.toString() ?? '';
    if (this.#shown?.uri === uri && this.#shown.limit === limit) return;
    this.#clear();
    if (!document || !limit) return;
    this.#shown = { uri, limit };
    const {
      languageId: language,
      uri: { scheme },
    } = document;
    this.#item = languages.createLanguageStatusItem(LIMIT_STATUS, { language, scheme });
    this.#item.name = l10n.t('Smooth Labels');
    this.#item.severity = LanguageStatusSeverity.Information;
    this.#item.text =
      limit === 'line' || limit === 'size'
        ? l10n.t('Losses aren’t analysed in this document')
        : l10n.t('Losses are analysed in part of this document only');
    this.#item.detail = REASONS[limit]();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#clear();
  }

  #clear(): void {
    this.#item?.dispose();
    this.#item = undefined;
    this.#shown = undefined;
  }
}

const REASONS: Readonly<Record<Limit | Unread, () => string>> = {
  line: () => l10n.t('A line has more than {0} characters', count(MOST_IN_LINE)),
  size: () => l10n.t('The document has more than {0} characters', count(MOST_CHARACTERS)),
  length: () => l10n.t('The document, or a statement in it, is too long'),
  depth: () => l10n.t('Part of the document is nested too deeply'),
  errors: () => l10n.t('The document has too many syntax errors'),
};
