import { l10n, type QuickPickItem, type TextDocument, window } from 'vscode';
import { isStated, type KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import { labelText } from '../../../escape/label.ts';
import { isClassCount, MOST_CLASSES } from '../../../loss/conventions/smoothing.ts';
import { count } from '../../../words/numberFormat.ts';
import { sayInformation } from '../../messages/notifications.ts';
import { classesReason } from '../configWords.ts';
import { nameOfDocument } from '../documents/cellDocuments.ts';
import type { KnownClassCounts } from './classCounts.ts';

interface Choice extends QuickPickItem {
  readonly run: () => Promise<void>;
}

/** Asks for K and for where it holds. Resolves when it's set, or the person thought better of it. */
export async function askForClasses(
  counts: KnownClassCounts,
  document: TextDocument,
  classes: KnownClasses | null,
): Promise<void> {
  if (classes?.by === 'code' && isStated(classes.guess)) {
    sayInformation(l10n.t('K is set in the code: {0}. Change it there.', classesReason(classes)));
    return;
  }
  const pick = window.createQuickPick<Choice>();
  pick.title = l10n.t('Number of classes K');
  pick.placeholder = classes
    ? l10n.t('A whole number; currently {0}', classes.value)
    : l10n.t('A whole number, such as 10 or 1000');
  const offer = (text: string) => {
    pick.items = choicesFor(text, counts, document, classes);
  };
  offer('');
  pick.onDidChangeValue(offer);
  const chosen = await new Promise<Choice | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      // Enter with nothing to choose does nothing: the placeholder says what is wanted.
      if (item) resolve(item);
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  await chosen?.run();
}

function choicesFor(
  text: string,
  counts: KnownClassCounts,
  document: TextDocument,
  classes: KnownClasses | null,
): Choice[] {
  const typed = text.trim();
  const set = counts.setBy(document);
  if (typed === '') {
    if (set.file === undefined && set.workspace === undefined) return [];
    return [
      {
        label: l10n.t('Remove K = {0}', set.file ?? set.workspace!),
        description: l10n.t('and use the value from the code'),
        run: () => counts.forget(document),
      },
    ];
  }
  const value = Number(typed);
  if (!isClassCount(value)) {
    const label = l10n.t('Enter a whole number from 1 to {0}', count(MOST_CLASSES));
    return [{ label, alwaysShow: true, run: () => Promise.resolve() }];
  }
  const everywhere = {
    label: l10n.t('K = {0} in this workspace', value),
    description: l10n.t('where K can’t be inferred'),
    alwaysShow: true,
    run: () => counts.set('workspace', document, value),
  };
  const here = {
    label: labelText(l10n.t('K = {0} in {1}', value, nameOfDocument(document))),
    description: l10n.t('in this file only, overriding the inferred value'),
    alwaysShow: true,
    run: () => counts.set('file', document, value),
  };
  // What isn't guessed here is likely to be the same elsewhere; a guess to be corrected isn't.
  return classes?.by === 'code' ? [here, everywhere] : [everywhere, here];
}
