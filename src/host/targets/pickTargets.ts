import { l10n, type QuickPickItem, window } from 'vscode';
import { labelText } from '../../escape/label.ts';
import { count } from '../../words/numberFormat.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';

/** Integers that may be the targets of some logits. */
export interface TargetCandidate {
  readonly name: string;
  /** "cell 4", "the same file", "selection in notes.txt" */
  readonly where: string;
  readonly count: number;
  readonly source: TargetsSource;
}

/** Asks which of these are the targets. Null for none; undefined if the user doesn't say. */
export async function pickTargets(
  candidates: readonly TargetCandidate[],
  placeHolder: string,
): Promise<TargetsSource | null | undefined> {
  const none = {
    label: l10n.t('No targets'),
    description: l10n.t('assume each row’s most likely class'),
    source: null,
  };
  const items = [...candidates.map(targetsItem), none];
  const choice = await window.showQuickPick(items, {
    title: l10n.t('Smooth labels'),
    placeHolder: labelText(placeHolder),
  });
  return choice?.source;
}

export function targetsItem({ name, where, count: indices, source }: TargetCandidate): QuickPickItem & {
  readonly source: TargetsSource;
} {
  // A file of one array is called like it.
  const description =
    name === where
      ? l10n.t('{0} class indices', count(indices))
      : l10n.t('{0}: {1} class indices', where, count(indices));
  return { label: labelText(name), description: labelText(description), source };
}
