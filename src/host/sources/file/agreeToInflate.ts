import { l10n } from 'vscode';
import type { ReadProblem } from '../../../readers/readProblem.ts';
import { megabytes } from '../../../words/byteSizes.ts';
import { askModal } from '../../messages/notifications.ts';
import type { TargetsSource } from '../kinds/kindOf.ts';
import { containerOf, sourceName } from '../source.ts';

type Inflates = Extract<ReadProblem, { reason: 'inflates' }>;

/** How many bytes someone has agreed to, by the source: it's read again whenever its file changes. */
const agreed = new Map<string, number>();

/** Asks whether an array is to be read that takes far more memory than its file; once for each size. */
export async function agreesToInflate(
  source: TargetsSource,
  { name, bytes, expected }: Inflates,
): Promise<boolean> {
  const key = JSON.stringify([containerOf(source), sourceName(source)]);
  if (expected <= (agreed.get(key) ?? 0)) return true;
  const read = l10n.t('Read');
  const chosen = await askModal(
    l10n.t(
      'The array “{0}” takes {1} MB in {2}, and {3} MB decompressed.',
      name,
      megabytes(bytes),
      sourceName(source),
      megabytes(expected),
    ),
    l10n.t('The whole array would be read into memory. A file could be crafted this way to exhaust it.'),
    read,
  );
  if (chosen !== read) return false;
  agreed.set(key, expected);
  return true;
}
