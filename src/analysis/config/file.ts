import { type SaidClasses, saidIn } from '../classEvidence.ts';
import { type LineStarts, lineAt } from '../lines.ts';
import type { ConfigObject } from './entries.ts';

/** What is taken from a config file, whatever its format. */
export interface ConfigFile {
  /** Every mapping, outer ones before inner ones. */
  readonly objects: readonly ConfigObject[];
  readonly complete: boolean;
  readonly said: readonly SaidClasses[];
}

/** What comments say of K. A `#` in a string begins none, but nobody writes this into a string. */
export function saidInComments(text: string, lineStarts: LineStarts): readonly SaidClasses[] {
  return Array.from(text.matchAll(/(?:#|\/\/)[^\n]*?smooth-labels[^\n]*/g)).flatMap(
    ({ index, 0: comment }) => {
      const span = { from: index, to: index + comment.length };
      return saidIn(comment, { span, line: lineAt(lineStarts, index) }) ?? [];
    },
  );
}
