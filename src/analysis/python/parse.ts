import { type Tree, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Work } from '../../loss/work.ts';
import { masked } from './mask.ts';

/** A parsed text. Offsets in the tree, and in what was parsed, are those of the text. */
export interface Parsed {
  readonly text: string;
  readonly parsed: string;
  readonly tree: Tree;
}

/** Steps of the parser between two yields: about a millisecond. */
const STEPS = 200;

/** Parses, with what is left of an earlier parse. */
export function* parseWork(text: string, before?: Parsed): Work<Parsed> {
  const parsed = masked(text);
  if (before && before.parsed === parsed) return { text, parsed, tree: before.tree };
  const parse = parser.startParse(parsed, before ? fragmentsOf(before, parsed) : []);
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree) return { text, parsed, tree };
    if (step % STEPS === 0) yield parse.parsedPos / parsed.length;
  }
}

/** The one stretch that differs tells what can be kept. */
function fragmentsOf({ parsed: old, tree }: Parsed, text: string): readonly TreeFragment[] {
  const least = Math.min(old.length, text.length);
  let from = 0;
  while (from < least && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let same = 0;
  while (
    same < least - from &&
    old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)
  )
    same++;
  const change = { fromA: from, toA: old.length - same, fromB: from, toB: text.length - same };
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), [change]);
}
