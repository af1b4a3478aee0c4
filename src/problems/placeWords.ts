import * as l10n from '@vscode/l10n';
import type { SourcePlace } from '../analysis/sourcePlace.ts';

/** "line 12", "line 3 of config.py", "line 2 of cell 1". */
export function placeWords({ line, cell, module }: SourcePlace): string {
  if (module !== undefined) return l10n.t('line {0} of {1}', line + 1, module);
  if (cell !== undefined) return l10n.t('line {0} of Python cell {1}', line + 1, cell + 1);
  return l10n.t('line {0}', line + 1);
}

/** What is wrong, and where the cause is; null: where it's shown. */
export function withPlace(sentence: string, place: SourcePlace | null): string {
  return place ? `${sentence} ${l10n.t('The cause is in {0}.', placeWords(place))}` : sentence;
}
