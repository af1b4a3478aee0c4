import * as l10n from '@vscode/l10n';

/**
 * A text of the catalogue of frameworks (`frameworks/apis`), in the language of the display. The catalogue is data without VS Code, so
 * no scanner finds its texts: `test/l10n` collects them from it.
 */
export function catalogueWords(text: string): string {
  return l10n.t(text);
}
