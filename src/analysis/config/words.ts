import type { Span } from '../lossConfig.ts';

/** A word of a command line, as the shell would hand it over. */
export interface Word extends Span {
  readonly text: string;
  /** In single quotes, or a backslash in front: nothing is put into it. */
  readonly literal: boolean;
}

/** The commands of a shell script, each with its words. */
export function* commandsOf(text: string): Generator<readonly Word[]> {
  let words: Word[] = [];
  const token =
    /(?:\\\r?\n|[ \t])+|(#[^\n]*)|([\n;|&(){}]+)|((?:\\[\s\S]|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|\$\{[^}\n]*\}?|\$\([^)\n]*\)?|[^\s\\'";|&(){}])+)|[\s\S]/g;
  for (const found of text.matchAll(token)) {
    const [, , end, word] = found;
    if (end !== undefined) {
      if (words.length > 0) yield words;
      words = [];
    } else if (word !== undefined) {
      words.push({
        text: unquoted(word),
        from: found.index,
        to: found.index + word.length,
        literal: /['\\]/.test(word),
      });
    }
  }
  if (words.length > 0) yield words;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?|\\([\s\S])/g, (_, single, double, escaped) =>
    single !== undefined ? single : double !== undefined ? double.replace(/\\([\s\S])/g, '$1') : escaped,
  );
}
