import { type SaidClasses, saidIn } from '../classes/classEvidence.ts';
import { type LineStarts, lineAt } from '../lineStarts.ts';
import type { Unread } from '../lossConfig.ts';
import type { ConfigObject } from './configEntries.ts';

/** What is taken from a config file, whatever its format. */
export interface ConfigFile {
  /** Every mapping, outer ones before inner ones. */
  readonly objects: readonly ConfigObject[];
  readonly complete: boolean;
  readonly said: readonly SaidClasses[];
  /** Why some of it wasn't read; null if all of it was. */
  readonly unread: Unread | null;
}

const NAME = 'smooth-labels';

/** What comments say of K. A `#` in a string begins none, but nobody writes this into a string. */
export function saidInComments(text: string, lineStarts: LineStarts): readonly SaidClasses[] {
  const found: SaidClasses[] = [];
  let at = text.indexOf(NAME);
  while (at !== -1) {
    const line = lineAt(lineStarts, at);
    const start = lineStarts[line]!;
    const to = endOfLine(text, at);
    const before = text.slice(start, at);
    const sign = before.search(/#|\/\//);
    const span = { from: start + sign, to };
    const said = sign === -1 ? undefined : saidIn(text.slice(span.from, to), { span, line });
    if (said) found.push(said);
    // One comment a line.
    at = text.indexOf(NAME, sign === -1 ? at + NAME.length : to);
  }
  return found;
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}
