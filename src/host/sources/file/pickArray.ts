import { l10n, type QuickPickItem, window } from 'vscode';
import { labelText } from '../../../escape/label.ts';
import type { SourceMember } from '../../../protocol/engineChannel.ts';
import { sizesOf } from '../../../words/shapeText.ts';

type Described = Pick<SourceMember, 'name' | 'shape' | 'type'>;

/** Asks which of several arrays is meant. Undefined if the user doesn't say. */
export async function pickArray<T extends Described>(
  arrays: readonly T[],
  placeHolder: string,
): Promise<T | undefined> {
  const items = arrays.map((array): QuickPickItem & { readonly array: T } => ({
    label: labelText(array.name),
    description: labelText(describeArray(array)),
    array,
  }));
  const options = {
    title: l10n.t('Smooth labels'),
    placeHolder: labelText(placeHolder),
    matchOnDescription: true,
  };
  return (await window.showQuickPick(items, options))?.array;
}

/** "6 × 5 float32" */
function describeArray({ shape, type }: Described): string {
  const sizes = sizesOf(shape);
  return type === null ? sizes : `${sizes} ${type}`;
}
