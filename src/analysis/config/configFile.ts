import { type SaidClasses, saidIn } from '../classes/classEvidence.ts';
import { type LineStarts, lineAt } from '../lineStarts.ts';
import type { Unread } from '../lossConfig.ts';
import type { ConfigObject } from './configEntries.ts';

/** What is taken from a config file, whatever its format. */
export interface ConfigFile {
  /** Every mapping, outer ones before inner ones. */
  readonly objects: readonly ConfigObject[];
  readonly complete: boolean;
  readonly comments: readonly SaidClasses[];
  /** Why some of it wasn't read; null if all of it was. */
  readonly unread: Unread | null;
}

const NAME = 'smooth-labels';

/** What comments say of K. A `#` in a string begins none, but nobody writes this into a string. */
export function saidInComments(text: string, lineStarts: LineStarts): readonly SaidClasses[] {
  const comments: SaidClasses[] = [];
  let offset = text.indexOf(NAME);
  while (offset !== -1) {
    const line = lineAt(lineStarts, offset);
    const start = lineStarts[line]!;
    const to = endOfLine(text, offset);
    const before = text.slice(start, offset);
    const sign = before.search(/#|\/\//);
    const span = { from: start + sign, to };
    const comment = sign === -1 ? undefined : saidIn(text.slice(span.from, to), { span, line });
    if (comment) comments.push(comment);
    // One comment a line.
    offset = text.indexOf(NAME, sign === -1 ? offset + NAME.length : to);
  }
  return comments;
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline;
}
