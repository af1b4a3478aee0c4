import { type Floats, type Layout, offsetOf } from '../../../loss/rows/rowLayout.ts';
import { argmax } from '../../../loss/rows/rowStats.ts';
import type { Work } from '../../../loss/work.ts';
import type { KernelExports } from '../../kernel/kernel.ts';
import type { MemorySpan } from '../../kernel/kernelMemory.ts';
import {
  addressOfRow,
  BEYOND,
  begin,
  blockCountOf,
  COUNTERS,
  DONE,
  LEFT,
  measureColumns,
  measureRows,
  NEXT,
  type Pass,
  type ScratchMemory,
} from './kernelPass.ts';
import { type Block, blocksOf } from './passBlocks.ts';

/**
 * Brings the logits of a block, row after row, to `into`: from a file, or from an array outside the kernel's memory. True if one that
 * is finite isn't in float32.
 */
export type BringBlock = (block: Block, into: Floats) => boolean;

/** Soft targets, as a pass takes them. */
interface SoftTargets {
  readonly bring: BringBlock;
  /** Writes the most probable class of each row of a block; absent where float32 tells them apart as well. */
  readonly classes?: (block: Block, into: Int32Array) => void;
}

interface Runner {
  readonly kernel: KernelExports;
  readonly memory: WebAssembly.Memory;
  readonly pass: Pass;
  readonly room: ScratchMemory;
  /** Absent where the kernel reads the logits in place. */
  readonly bring?: BringBlock;
  readonly soft?: SoftTargets;
}

/**
 * Takes one block after the other until none is left: any number of threads may do that at once. Yields the fraction that is
 * taken. A thread that is late finds nothing to do.
 */
export function* runPass({ kernel, memory, pass, room, bring, soft: brought }: Runner): Work<void> {
  const { layout } = pass;
  const { at } = blocksOf(pass);
  const count = blockCountOf(pass);
  const every = pass.scores?.every ?? 1;
  const counters = countersOf(memory, pass);
  const logits = viewerOf(memory, room.block);
  const softTargets = viewerOf(memory, room.soft);
  // Where a softmax is measured, the likeliest class is found in the same pass.
  const isFoundMeanwhile = !brought?.classes && pass.activation === 'softmax' && !pass.scores;
  for (let index = Atomics.add(counters, NEXT, 1); index < count; index = Atomics.add(counters, NEXT, 1)) {
    const block = at(every * index);
    const size = block.rows * layout.classes;
    // Every time: another pass may have had its turn with the same kernel.
    begin(kernel, pass, room, index);
    const values = bring ? room.block.at : addressOfRow(pass, block.first);
    if (bring?.(block, logits(size))) Atomics.store(counters, BEYOND, 1);
    let soft = 0;
    if (pass.soft) {
      soft = brought ? room.soft.at : pass.softValues + 4 * block.first * layout.classes;
      brought?.bring(block, softTargets(size));
      const targets = pass.targets + 4 * block.first;
      // In float64 a number that isn't finite may be.
      if (!isFoundMeanwhile && kernel.argmaxRows(soft, block.rows, targets) !== 0)
        Atomics.store(counters, BEYOND, 1);
      brought?.classes?.(block, new Int32Array(memory.buffer, targets, block.rows));
    }
    if (pass.classMajor) measureColumns(kernel, pass, block, values, 4 * layout.inner);
    else measureRows(kernel, pass, block, values, soft, !isFoundMeanwhile);
    // Before the block is done: then the result may be looked at.
    if (kernel.beyondFloat32() !== 0) Atomics.store(counters, BEYOND, 1);
    Atomics.add(counters, DONE, 1);
    yield index / count;
  }
}

/**
 * Views of the first numbers of a room, which throw where it would be too small. Each is made only when it has another length, or
 * the memory has grown: one for every block would be most of the garbage of a pass.
 */
function viewerOf(memory: WebAssembly.Memory, { at, bytes }: MemorySpan): (length: number) => Float32Array {
  let view: Float32Array | undefined;
  return (length) => {
    if (4 * length > bytes) throw new RangeError(`A block of ${4 * length} bytes in a room of ${bytes}`);
    if (view?.buffer !== memory.buffer || view.length !== length)
      view = new Float32Array(memory.buffer, at, length);
    return view;
  };
}

/** True once every block is measured, by whichever thread. */
export function isDone(memory: WebAssembly.Memory, pass: Pass): boolean {
  return Atomics.load(countersOf(memory, pass), DONE) >= blockCountOf(pass);
}

/** Says that this thread won't touch the pass's memory any more: sooner than a message could. */
export function leavePass(memory: WebAssembly.Memory, pass: Pass): void {
  Atomics.add(countersOf(memory, pass), LEFT, 1);
}

/** How many threads have left it. */
export function haveLeft(memory: WebAssembly.Memory, pass: Pass): number {
  return Atomics.load(countersOf(memory, pass), LEFT);
}

/** Leaves no block to take. */
export function stopPass(memory: WebAssembly.Memory, pass: Pass): void {
  Atomics.store(countersOf(memory, pass), NEXT, 1 << 30);
}

/** True if a loss was beyond float32, though float64 holds it. */
export function isBeyondFloat32(memory: WebAssembly.Memory, pass: Pass): boolean {
  return Atomics.load(countersOf(memory, pass), BEYOND) !== 0;
}

function countersOf(memory: WebAssembly.Memory, { counters }: Pass): Int32Array {
  return new Int32Array(memory.buffer, counters, COUNTERS);
}

/** Copies blocks of an array, its rows made contiguous. */
export function bringFrom(values: Floats, layout: Layout): BringBlock {
  const { classes, inner } = layout;
  return ({ first, rows }, into) => {
    if (inner === 1) {
      into.set(values.subarray(first * classes, (first + rows) * classes));
      return false;
    }
    for (let row = 0, i = 0; row < rows; row++) {
      const start = offsetOf(layout, first + row);
      for (let k = 0; k < classes; k++) into[i++] = values[start + k * inner]!;
    }
    return false;
  };
}

/** Probabilities as soft targets. Of float64 two may differ that are one number in float32: which is the larger is seen before. */
export function softFrom(values: Floats, layout: Layout): SoftTargets {
  const bring = bringFrom(values, layout);
  if (values instanceof Float32Array) return { bring };
  const { classes, inner } = layout;
  return {
    bring,
    classes({ first, rows }, into) {
      for (let row = 0; row < rows; row++)
        into[row] = argmax(values, offsetOf(layout, first + row), classes, inner);
    },
  };
}
