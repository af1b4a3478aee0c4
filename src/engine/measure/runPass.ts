import { type Floats, type Layout, offsetOf } from '../../loss/rows/rowLayout.ts';
import { argmax } from '../../loss/rows/rowStats.ts';
import type { Work } from '../../loss/work.ts';
import type { KernelExports } from '../kernel/kernel.ts';
import type { MemorySpan } from '../kernel/kernelMemory.ts';
import {
  addressOfRow,
  BEYOND,
  begin,
  COUNTERS,
  DONE,
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
  /** True if a number of a block isn't finite in float32: in float64 it may be. */
  readonly isBeyond: (brought: Float32Array) => boolean;
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
  const { count, at } = blocksOf(pass);
  const counters = countersOf(memory, pass);
  const logits = viewerOf(memory, room.block);
  const softTargets = viewerOf(memory, room.soft);
  for (let index = Atomics.add(counters, NEXT, 1); index < count; index = Atomics.add(counters, NEXT, 1)) {
    const block = at(index);
    const size = block.rows * layout.classes;
    // Every time: another pass may have had its turn with the same kernel.
    begin(kernel, pass, room);
    let values = addressOfRow(pass, block.first);
    if (bring) {
      values = room.block.at;
      if (bring(block, logits(size))) Atomics.store(counters, BEYOND, 1);
    }
    let soft = 0;
    if (brought) {
      soft = room.soft.at;
      const into = softTargets(size);
      brought.bring(block, into);
      const targets = pass.targets + 4 * block.first;
      if (brought.classes) brought.classes(block, new Int32Array(memory.buffer, targets, block.rows));
      else kernel.argmaxRows(soft, block.rows, targets);
      if (brought.isBeyond(into)) Atomics.store(counters, BEYOND, 1);
    }
    if (pass.classMajor) kernel.classMajor(values, block.rows, block.first, 4 * layout.inner);
    else measureRows(kernel, pass, block, values, soft);
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
  return Atomics.load(countersOf(memory, pass), DONE) >= blocksOf(pass).count;
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
  const isBeyond = (brought: Float32Array) => !isFiniteEach(brought);
  if (values instanceof Float32Array) return { bring, isBeyond };
  const { classes, inner } = layout;
  return {
    bring,
    classes({ first, rows }, into) {
      for (let row = 0; row < rows; row++)
        into[row] = argmax(values, offsetOf(layout, first + row), classes, inner);
    },
    isBeyond,
  };
}

/** 0 times a number is 0 only if it's finite. */
function isFiniteEach(values: Float32Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i]! * 0;
  return zero === 0;
}
