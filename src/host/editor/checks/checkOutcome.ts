import { l10n } from 'vscode';
import { MOST_CHARACTERS, MOST_IN_LINE } from '../../../analysis/common/sourceLimits.ts';
import { count } from '../../../words/numberFormat.ts';

/** What came of checking the files of the workspace. */
export interface CheckOutcome {
  readonly found: number;
  readonly files: number;
  /** Paths of files that were skipped. */
  readonly tooLarge: readonly string[];
  /** It wasn't cancelled. */
  readonly isWhole: boolean;
}

/** What is said of it: how many problems in how many files, and which files were skipped. */
export function outcomeText({ found, files, tooLarge, isWhole }: CheckOutcome): string {
  const said = isWhole
    ? l10n.t('Problems found: {0}. Files checked: {1}.', count(found), count(files))
    : l10n.t('Cancelled. Problems found so far: {0}. Files checked: {1}.', count(found), count(files));
  return tooLarge.length > 0 ? `${said} ${skippedText(tooLarge)}` : said;
}

/** Names in a sentence. */
const MOST_NAMES = 5;

function skippedText(paths: readonly string[]): string {
  const names = paths.slice(0, MOST_NAMES).join(', ');
  const limits = [count(MOST_CHARACTERS), count(MOST_IN_LINE)] as const;
  const more = paths.length - MOST_NAMES;
  return more > 0
    ? l10n.t(
        'Skipped, because they have more than {0} characters or a line longer than {1}: {2} and {3} more.',
        ...limits,
        names,
        count(more),
      )
    : l10n.t(
        'Skipped, because they have more than {0} characters or a line longer than {1}: {2}.',
        ...limits,
        names,
      );
}
