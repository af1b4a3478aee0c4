import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../../loss/rows/shape.ts';
import { portion, type Work } from '../../../loss/work.ts';
import { bytesOf, NUMBER_NAMES, type NumberName } from '../../arrays/numberType.ts';
import type { ColumnFile, StoredColumn } from '../../columnar/columnFile.ts';
import { shownNumber } from '../../columnar/shownNumber.ts';
import { checkReadable } from '../../text/checkReadable.ts';
import { PickledList } from '../machine/pickleValues.ts';
import { joined } from '../walk/joinLeaves.ts';
import { leavesOf } from '../walk/joinRecords.ts';
import { flawOf, type Leaf, readLeaf } from '../walk/leaf.ts';
import { leafOf } from '../walk/leafOf.ts';
import type { WalkBudget } from '../walk/walkBudget.ts';
import type { FrameCells, PickledFrame } from './pickledFrame.ts';
import { filledTogether } from './viewsTogether.ts';

/** What Python's own numbers are. */
const OWN_TYPES: Readonly<Record<string, NumberName>> = { bool: 'bool', int: 'int64', float: 'float64' };

/** A table of pandas like any other file of columns. */
export function* frameColumns({ rows, columns }: PickledFrame, budget: WalkBudget): Work<ColumnFile> {
  const leaves: (Leaf | undefined)[] = [];
  const stored: StoredColumn[] = [];
  for (const [i, { name, cells }] of columns.entries()) {
    yield i / columns.length;
    const leaf = yield* portion(leafOfCells(cells, rows, budget), 0, 0);
    leaves.push(leaf);
    stored.push(columnOf(name, rows, cells, leaf));
  }
  return {
    rows,
    columns: stored,
    sample: (index, most) =>
      checkReadable(() => firstCells(leaves[index], stored[index]!, Math.min(rows, most))),
    texts: (index) => checkReadable(() => textsOf(leaves[index])),
    fill: <T extends Floats>(indices: readonly number[], room: () => T) =>
      checkReadable(() =>
        filled(
          indices.map((index) => leaves[index]!),
          room,
        ),
      ),
  };
}

/** The column as an array: numbers, texts, or a list in each row. Undefined for other objects. */
function* leafOfCells(cells: FrameCells, rows: number, budget: WalkBudget): Work<Leaf | undefined> {
  switch (cells.kind) {
    case 'view':
      return { shape: [rows], type: cells.view.element.typeName, content: cells };
    case 'texts':
      return { shape: [rows], type: 'text', content: { kind: 'texts', values: cells.texts } };
    case 'other':
      return undefined;
    case 'objects': {
      budget.enter(1);
      const own = leafOf(new PickledList('list', [...cells.objects]), budget, 1);
      if (own) return own;
      const leaves = yield* leavesOf(cells.objects, budget, 1);
      return leaves && joined(leaves, 'stack', budget);
    }
  }
}

function columnOf(name: string, rows: number, cells: FrameCells, leaf: Leaf | undefined): StoredColumn {
  const facts = { keys: [name], shape: leaf?.shape ?? [rows], bytes: 0 };
  if (!leaf || leaf.shape[0] !== rows) {
    const [typeName, problem] = cells.kind === 'other' ? [cells.typeName, cells.problem] : ['object'];
    return { ...facts, type: undefined, typeName, ...(problem && { problem }) };
  }
  const typeName = OWN_TYPES[leaf.type] ?? leaf.type;
  const number = NUMBER_NAMES.find((each) => each === typeName);
  const isText = leaf.type === 'text' && leaf.shape.length === 1;
  const problem = flawOf(leaf);
  return {
    ...facts,
    type: isText ? 'text' : number,
    typeName,
    bytes: number ? lengthOf(leaf.shape) * bytesOf({ name: number, little: true }) : 0,
    ...(problem && { problem }),
  };
}

function* firstCells(leaf: Leaf | undefined, { type }: StoredColumn, count: number): Work<readonly string[]> {
  if (!leaf || type === undefined) return [];
  if (leaf.content.kind === 'texts') return leaf.content.values.slice(0, count);
  const first = new Float64Array(count);
  yield* readLeaf(firstRows(leaf, count), first);
  return Array.from(first, (number) => shownNumber(number, type === 'text' ? 'float64' : type));
}

function firstRows({ type, content }: Leaf, count: number): Leaf {
  const shape = [count];
  if (content.kind === 'view')
    return { type, shape, content: { kind: 'view', view: { ...content.view, shape } } };
  if (content.kind === 'numbers')
    return { type, shape, content: { kind: 'numbers', values: content.values.subarray(0, count) } };
  if (content.kind !== 'parts') return { type, shape, content };
  return { type, shape, content: { kind: 'parts', parts: content.parts.slice(0, count) } };
}

// biome-ignore lint/correctness/useYield: all is in memory
function* textsOf(leaf: Leaf | undefined): Work<readonly string[]> {
  return leaf?.content.kind === 'texts' ? leaf.content.values : [];
}

/** Columns side by side, row by row. */
function* filled<T extends Floats>(leaves: readonly Leaf[], room: () => T): Work<T> {
  const into = room();
  const stride = leaves.length;
  if (stride === 1) {
    yield* readLeaf(leaves[0]!, into);
    return into;
  }
  if (yield* filledTogether(leaves, into)) return into;
  const own = new Float64Array(into.length / stride);
  for (const [i, leaf] of leaves.entries()) {
    yield* portion(readLeaf(leaf, own), i / stride, (i + 1) / stride);
    for (let row = 0, at = i; row < own.length; row++, at += stride) into[at] = own[row]!;
  }
  return into;
}
