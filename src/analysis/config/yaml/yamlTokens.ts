import { type CST, Lexer, Parser } from 'yaml';
import type { Work } from '../../../loss/work.ts';
import type { Unread } from '../../lossConfig.ts';

/** Lexemes between two yields. */
const LEXEMES = 100;
/** What has more lexemes is data, not a config: the parser takes two seconds for a million. */
const MOST_LEXEMES = 200_000;
/** Brackets in brackets: the parser takes its time for all that are open at the end. */
const MOST_BRACKETS = 500;

interface YamlTokens {
  readonly tokens: readonly CST.Token[];
  /** Why the rest wasn't parsed; null if all of it was. */
  readonly unread: Unread | null;
}

/** The concrete syntax of YAML, of so much of the text as may be a config. */
export function* yamlTokens(text: string): Work<YamlTokens> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let read = 0;
  let unread: Unread | null = null;
  let brackets = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (lexeme === '[' || lexeme === '{') brackets++;
    else if ((lexeme === ']' || lexeme === '}') && brackets > 0) brackets--;
    read += lexeme.length;
    if (++count % LEXEMES === 0) yield Math.min(1, read / text.length);
    if (count === MOST_LEXEMES || brackets > MOST_BRACKETS) {
      unread = brackets > MOST_BRACKETS ? 'depth' : 'length';
      break;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, unread };
}

export type YamlCollection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

/** A mapping or a list, in any style. */
export function isCollection(token: CST.Token): token is YamlCollection {
  return token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection';
}

/** Where a token ends, as an offset in the text. */
export function endOf({ offset, source }: { readonly offset: number; readonly source: string }): number {
  return offset + source.length;
}
