import { l10n } from 'vscode';

/** Of longer texts only the start is repeated. */
const MOST_SHOWN = 60;

/** The start of a text, if it's long. */
export function clippedText(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** A value of any type in a few characters. It's never called, nor turned into a string as it likes. */
export function shortened(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(clippedText(value));
    case 'bigint':
      return clippedText(`${value}n`);
    case 'function':
      return l10n.t('a function');
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return l10n.t('an array of length {0}', value.length);
      return ArrayBuffer.isView(value)
        ? Object.prototype.toString.call(value).slice(8, -1)
        : l10n.t('an object');
    default:
      return String(value);
  }
}
