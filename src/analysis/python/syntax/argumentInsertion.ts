import type { Insertion } from '../../lossConfig.ts';

import type { RecognizedCall } from '../losses/recognized.ts';
import { lineOf } from './pythonScopes.ts';
import { argListOf } from './syntaxNodes.ts';

/** How a call can be given its α: behind the last argument, on a line of its own where that one has one. */
export function insertionOf({ site, argument, bound, entry }: RecognizedCall): Insertion | null {
  const list = argListOf(site.node);
  if (!list || argument === null || bound.open || entry?.instead === 'nothing') return null;
  const last = bound.written.at(-1);
  if (!last) return { at: list.from + 1, before: `${argument}=`, after: '' };
  const { module } = site.scope;
  const { text: code, lineStarts } = module;
  const lineStart = lineStarts[lineOf(module, last.from)]!;
  const indent = code.slice(lineStart, last.from);
  if (lineStart <= list.from || indent.trim() !== '')
    return { at: last.to, before: `, ${argument}=`, after: '' };
  const newline = code.charAt(lineStart - 2) === '\r' ? '\r\n' : '\n';
  // What is behind the last argument stays there: its comma, a comment.
  const rest = /^[ \t]*(,[ \t]*)?(?:#[^\r\n]*)?(?=[\r\n])/.exec(code.slice(last.to, list.to));
  const before = `${newline}${indent}${argument}=`;
  if (!rest) return { at: last.to, before: `,${before}`, after: '' };
  const at = last.to + rest[0].length;
  return rest[1] === undefined ? { at, before, after: '', comma: last.to } : { at, before, after: ',' };
}
