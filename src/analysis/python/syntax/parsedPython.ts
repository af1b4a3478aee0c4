import { type PartialParse, Tree, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Work } from '../../../loss/work.ts';
import type { Unread } from '../../lossConfig.ts';
import { type CommandSpan, maskSource } from './maskedSource.ts';
import { type Statement, splitStatements } from './statements.ts';

/** A parsed text. Offsets in the tree, and in what was parsed, are those of the text. */
export interface ParsedPython {
  readonly text: string;
  readonly parsed: string;
  readonly tree: Tree;
  readonly chunks: readonly Chunk[];
  /** What magics hand to a shell. */
  readonly commands: readonly CommandSpan[];
  /** Why the tree doesn't have all of the text; null if it does. */
  readonly unread: Unread | null;
}

/** Statements that were parsed together, by themselves. */
interface Chunk {
  readonly from: number;
  readonly text: string;
  readonly tree: Tree;
}

/** Steps of the parser between two yields: about a millisecond. */
const STEPS = 200;
/** Tokens that are parsed at once: the tree is made in one go at their end, in a few milliseconds. */
const CHUNK = 8_000;
const SMALLEST = 500;
/** A statement with more tokens than this is data. */
const LARGEST_STATEMENT = 60_000;
/** A source with more tokens than this is data, or made by a program: a megabyte of what people write has 250,000. */
const MOST_TOKENS = 300_000;
/** CPython refuses more brackets in brackets than this. */
const DEEPEST = 200;
/**
 * Steps the parser may take to get over what it doesn't expect, 30 times as long as others. What needs more of them isn't Python.
 */
const MOST_RECOVERY = 10_000;

/** Parses, with what is left of an earlier parse. */
export function* parsePython(text: string, before?: ParsedPython): Work<ParsedPython> {
  const { text: parsed, commands } = yield* maskSource(text);
  if (before && before.parsed === parsed) return { ...before, text, commands };
  const { pieces, unread } = piecesOf(parsed, yield* splitStatements(parsed));
  const texts = pieces.map(({ from, to }) => parsed.slice(from, to));
  const known = new Map(before?.chunks.map((chunk) => [chunk.text, chunk.tree] as const));
  const now = new Set(texts);
  const edited = (before?.chunks ?? []).filter((chunk) => !now.has(chunk.text)).values();
  const chunks: Chunk[] = [];
  const budget: Budget = { recovery: MOST_RECOVERY, isBroken: false };
  for (const [i, { from }] of pieces.entries()) {
    if (budget.recovery <= 0) break;
    const piece = texts[i]!;
    const tree = known.get(piece) ?? (yield* parseChunk(piece, edited.next().value, budget));
    chunks.push({ from, text: piece, tree });
  }
  const tree = joined(chunks, parsed.length);
  const hasGivenUp = budget.recovery <= 0 || budget.isBroken;
  return { text, parsed, tree, chunks, commands, unread: hasGivenUp ? 'errors' : unread };
}

interface Budget {
  recovery: number;
  /** A tree wasn't whole. */
  isBroken: boolean;
}

/** The parser's own count of what is left to do to be out of an error; 0 outside of any. */
type Recovering = PartialParse & { readonly recovering?: number };

function* parseChunk(text: string, before: Chunk | undefined, budget: Budget): Work<Tree> {
  const parse: Recovering = parser.startParse(text, before ? fragmentsOf(before, text) : []);
  const { recovery } = budget;
  for (let step = 1; ; step++) {
    const tree = parse.advance();
    if (tree && (budget.recovery === recovery || isWhole(tree))) return tree;
    if (tree) {
      budget.isBroken = true;
      return new Tree(tree.type, [], [], tree.length);
    }
    if (parse.recovering && --budget.recovery === 0) parse.stopAt(parse.parsedPos);
    if (step % STEPS === 0) yield parse.parsedPos / text.length;
  }
}

/** Getting over errors in thousands of nested calls, the parser has made trees with nodes of no type, which throw when they're walked. */
function isWhole(tree: Tree): boolean {
  const cursor = tree.cursor();
  try {
    while (cursor.next()) if (!cursor.type) return false;
    return true;
  } catch {
    return false;
  }
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Statements that are parsed together, without those that are data. */
function piecesOf(
  text: string,
  statements: readonly Statement[],
): {
  readonly pieces: readonly Piece[];
  readonly unread: Unread | null;
} {
  const pieces: { from: number; to: number; tokens: number }[] = [];
  let unread: Unread | null = null;
  let total = 0;
  for (const { from, to, tokens, depth } of statements) {
    if (tokens > LARGEST_STATEMENT || depth > DEEPEST) {
      unread = depth > DEEPEST ? 'depth' : 'length';
      continue;
    }
    total += tokens;
    if (total > MOST_TOKENS) return { pieces, unread: 'length' };
    const last = pieces.at(-1);
    const isFull =
      !last || last.tokens + tokens > CHUNK || (last.tokens > SMALLEST && isLandmark(text, from));
    if (last?.to === from && !isFull) {
      last.to = to;
      last.tokens += tokens;
    } else pieces.push({ from, to, tokens });
  }
  return { pieces, unread };
}

/** One statement in a hundred begins a piece: what is behind an edit is then cut as it was before. */
function isLandmark(text: string, offset: number): boolean {
  let hash = 0;
  const end = Math.min(text.length, offset + 32);
  for (let i = offset; i < end; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash % 100 === 0;
}

/** The trees of chunks as one. */
function joined(chunks: readonly Chunk[], length: number): Tree {
  const [first] = chunks;
  if (first && chunks.length === 1 && first.tree.length === length) return first.tree;
  const { type } = first?.tree ?? parser.parse('');
  const children = chunks.flatMap(({ tree }) => tree.children);
  const positions = chunks.flatMap(({ tree, from }) => tree.positions.map((position) => position + from));
  return new Tree(type, children, positions, length);
}

/** The one stretch that differs tells what can be kept. */
function fragmentsOf({ text: old, tree }: Chunk, text: string): readonly TreeFragment[] {
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
