import * as l10n from '@vscode/l10n';
import { clipped } from '../../words/clipped.ts';
import { count } from '../../words/numberFormat.ts';

/** Of longer texts only the start is repeated. */
const MOST_SHOWN = 61;

/** The start of what another extension gave, if it's long. */
export function shortenedText(text: string): string {
  return clipped(text, MOST_SHOWN);
}

/** A value of any type in a few characters. It's never called, nor turned into a string as it likes. */
export function shortened(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(shortenedText(value));
    case 'bigint':
      return shortenedText(`${value}n`);
    case 'function':
      return l10n.t('a function');
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return l10n.t('an array of length {0}', count(value.length));
      return ArrayBuffer.isView(value)
        ? Object.prototype.toString.call(value).slice(8, -1)
        : l10n.t('an object');
    default:
      return String(value);
  }
}
