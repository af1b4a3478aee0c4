import type { AnalysisLanguage } from '../hintWords.ts';
import type { LossConfig } from '../lossConfig.ts';
import type { TextEdit } from './textEdit.ts';

/** Keys whose value is what gets the keys beside it as arguments. Of `class_path` and its like they belong elsewhere. */
const NAMING = /(["']?)(?:_target_|_component_|type)\1[ \t]*([:=])[ \t]*$/;

/**
 * Adds an argument to an object of a config, right behind the key that names its type and laid out as that is. Undefined if
 * it isn't certain that arguments go there.
 */
export function besideNaming(
  { callee }: LossConfig,
  argument: string,
  number: string,
  { text, language }: { readonly text: string; readonly language: AnalysisLanguage },
): TextEdit | undefined {
  const lineStart = text.lastIndexOf('\n', callee.from - 1) + 1;
  const before = text.slice(lineStart, callee.from);
  const naming = NAMING.exec(before);
  if (!naming) return undefined;
  const [, quote = '', sign] = naming;
  const space = language === 'toml' ? ' ' : '';
  const entry = `${quote}${argument}${quote}${sign === ':' ? ': ' : `${space}=${space}`}${number}`;
  const indent = before.slice(0, naming.index);
  // The entry may be the first of a list's item.
  const alone = /^[ \t]*(?:-[ \t]+)*$/.test(indent);
  const newline = text.slice(0, lineStart).endsWith('\r\n') || /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  const ownLine = newline + indent.replace(/-/g, ' ') + entry;
  if (alone && (language === 'yaml' || language === 'toml')) {
    const end = /\r?\n|$/.exec(text.slice(callee.to))!.index + callee.to;
    return { span: { from: end, to: end }, text: ownLine };
  }
  return { span: { from: callee.to, to: callee.to }, text: alone ? `,${ownLine}` : `, ${entry}` };
}
