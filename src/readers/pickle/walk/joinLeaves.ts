import { lengthOf } from '../../../loss/rows/shape.ts';
import { isWholeType } from '../../roles/arrayFacts.ts';
import type { Leaf } from './leaf.ts';
import type { WalkBudget } from './walkBudget.ts';

/** What the items of a list are together. */
export interface Joined {
  readonly leaf: Leaf;
  /** False if the items may as well be arrays of their own: one for each data loader, or each model. */
  readonly isSure: boolean;
}

/** So many arrays in a list are batches, whatever their lengths: nobody has as many models. */
const MANY = 9;

/** How arrays are put together: each is a row, or has some of the rows. */
export type Joining = 'stack' | 'concatenate';

/** The rows of several arrays one below the other, or each as a row; undefined if they don't fit together. */
export function joinLeaves(leaves: readonly Leaf[], budget: WalkBudget): Joined | undefined {
  const joining = joiningOf(leaves);
  const leaf = joining && joined(leaves, joining, budget);
  return leaf && { leaf, isSure: leaf.shape.length <= 1 || joining === 'stack' || areBatches(leaves) };
}

/** All batches are of one size but the last, which may be shorter; or there are many. */
function areBatches(leaves: readonly Leaf[]): boolean {
  const sizes = leaves.map(({ shape }) => shape[0] ?? 0);
  const last = sizes.at(-1)!;
  return sizes.length >= MANY || (sizes.slice(0, -1).every((size) => size === sizes[0]) && last < sizes[0]!);
}

function joiningOf(leaves: readonly Leaf[]): Joining | undefined {
  const [first] = leaves;
  if (!first) return undefined;
  const axes = first.shape.length;
  const areEqual = leaves.every(({ shape }) => shape.join() === first.shape.join());
  if (axes === 0) return 'stack';
  if (axes === 1) {
    // Whole numbers are class indices in batches; rows of them are 0 and 1, and stored as such.
    const areIndices = isWholeType(first.type) && !/^(?:bool|uint8)$/.test(first.type);
    return areIndices ? 'concatenate' : areEqual ? 'stack' : undefined;
  }
  // Three axes are a batch of rows of tokens, or one picture: nothing says which.
  return axes === 3 && areEqual ? undefined : 'concatenate';
}

/** Puts arrays together in one way; undefined if they don't fit together so. */
export function joined(leaves: readonly Leaf[], joining: Joining, budget: WalkBudget): Leaf | undefined {
  const [first] = leaves;
  if (!first) return undefined;
  const own = (leaf: Leaf) => (joining === 'stack' ? leaf.shape : leaf.shape.slice(1));
  const fit = leaves.every(
    (leaf) =>
      leaf.shape.length === first.shape.length &&
      own(leaf).join() === own(first).join() &&
      (leaf.type === 'text') === (first.type === 'text'),
  );
  if (!fit || (joining === 'concatenate' && first.shape.length === 0)) return undefined;
  const rows = joining === 'stack' ? leaves.length : leaves.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const shape = [rows, ...own(first)];
  if (!budget.mayHave(lengthOf(shape))) return undefined;
  const types = new Set(leaves.map(({ type }) => type));
  const type =
    types.size === 1 ? first.type : leaves.every((leaf) => isWholeType(leaf.type)) ? 'int' : 'float';
  return { shape, type, content: contentOf(leaves) };
}

function contentOf(leaves: readonly Leaf[]): Leaf['content'] {
  const texts: string[] = [];
  for (const { content } of leaves)
    if (content.kind === 'texts') for (const text of content.values) texts.push(text);
  if (leaves[0]!.type === 'text') return { kind: 'texts', values: texts };
  return { kind: 'parts', parts: leaves };
}
