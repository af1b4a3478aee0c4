import type { Convention } from '../../loss/conventions.ts';
import { type Layout, offsetOf } from '../../loss/layout.ts';
import type { KernelExports } from '../kernel/kernel.ts';

/** How many logits the kernel is given at once: long enough to be compiled well, short enough to cancel. */
export const BLOCK = 1 << 16;

/** An ignore index that no row has. */
export const NO_TARGET = -(2 ** 31);

/**
 * What a pass over the rows is about: numbers and addresses in the kernel's memory, so that it can be posted to another thread.
 */
export interface Pass {
  readonly layout: Layout;
  readonly activation: Convention['activation'];
  readonly among: number;
  readonly ignoreIndex: number;
  readonly padding: number;
  /** (K) float32, or 0 if all are 1. */
  readonly weights: number;
  readonly weightSum: number;
  /** (rows) int32, or 0: each row's prediction is its target. With soft targets they are written, not read. */
  readonly targets: number;
  readonly soft: boolean;
  readonly outputs: Outputs;
  /** Where the logits are, if they are in this memory. */
  readonly values: number;
  /** Two int32 that all threads count in: the next block, and how many are done. */
  readonly counters: number;
}

/** (rows) each, with room for a multiple of four: float32, the last one int32. */
export interface Outputs {
  readonly hard: number;
  readonly uniform: number;
  readonly pTarget: number;
  readonly pMax: number;
  readonly prediction: number;
}

/** What a thread needs for itself. Addresses. */
export interface Room {
  /** `scratchBytes(K)` */
  readonly scratch: number;
  /** A block of logits, where they have to be brought in. */
  readonly block: number;
  /** A block of soft targets. */
  readonly soft: number;
}

export function scratchBytes(classes: number): number {
  return 16 * (classes + 8) + 256;
}

/** Rows that are handled together: rows `first`…`first + rows − 1`. */
export interface Block {
  readonly first: number;
  readonly rows: number;
}

/** True if the kernel can read the rows where they lie, classes one after the other. */
export function isClassMajor({
  layout: { inner },
  activation,
  soft,
}: Pick<Pass, 'layout' | 'activation' | 'soft'>) {
  return inner >= 4 && activation === 'softmax' && !soft;
}

/** The same for every thread. Writing four rows at a time must not reach into another block. */
export function blocksOf(pass: Pick<Pass, 'layout' | 'activation' | 'soft'>): {
  readonly count: number;
  readonly at: (index: number) => Block;
} {
  const { rows, classes, inner } = pass.layout;
  const most = rowsOfBlock(classes);
  if (!isClassMajor(pass)) {
    const at = (index: number) => ({ first: index * most, rows: Math.min(most, rows - index * most) });
    return { count: Math.ceil(rows / most), at };
  }
  const each = Math.max(1, Math.floor(inner / most));
  const at = (index: number) => {
    const part = index % each;
    const from = Math.floor((part * inner) / each);
    const to = Math.floor(((part + 1) * inner) / each);
    return { first: Math.floor(index / each) * inner + from, rows: to - from };
  };
  return { count: (rows / inner) * each, at };
}

/** The most rows of a block. */
export function rowsOfBlock(classes: number): number {
  return Math.max(4, Math.floor(BLOCK / classes) & ~3);
}

/** (K) weights as the kernel takes them, 0 for a padding class; null if all are 1. */
export function kernelWeights(
  weight: Float64Array | null,
  padding: number | null,
  classes: number,
): Float32Array | null {
  if (!weight && padding === null) return null;
  const weights = weight ? Float32Array.from(weight) : new Float32Array(classes).fill(1);
  if (padding !== null) weights[padding] = 0;
  return weights;
}

/** Tells the kernel what the next blocks are about. */
export function begin(kernel: KernelExports, pass: Pass, room: Room): void {
  const { layout, among, ignoreIndex, padding, weights, weightSum, targets, outputs } = pass;
  const { hard, uniform, pTarget, pMax, prediction } = outputs;
  const { scratch } = room;
  const into = [hard, uniform, pTarget, pMax, prediction, scratch] as const;
  kernel.begin(layout.classes, among, ignoreIndex, padding, weights, weightSum, targets, ...into);
}

/** Rows of up to so many classes are turned into columns, four at a time. */
const FEW_CLASSES = 15;
/** The same with weights, which otherwise take two passes and more sums. */
const FEW_WEIGHTED_CLASSES = 48;
/** Up to so many classes, reading rows twice is quicker than looking again at what was read once. */
const SHORT_ROWS = 255;

/** Measures a block whose logits are at `values`, row after row, and its soft targets at `soft`. */
export function measureRows(
  kernel: KernelExports,
  { activation, layout: { classes }, weights, soft: isSoft }: Pass,
  { first, rows }: Block,
  values: number,
  soft: number,
): void {
  if (activation === 'sigmoid') kernel.sigmoidRows(values, rows, first, soft);
  else if (isSoft) kernel.softRows(values, rows, first, soft);
  else if (weights !== 0) {
    if (classes <= FEW_WEIGHTED_CLASSES) kernel.fewClasses(values, rows, first);
    else kernel.weightedRows(values, rows, first);
  } else if (classes === 2) kernel.twoClasses(values, rows, first);
  else if (classes <= FEW_CLASSES) kernel.fewClasses(values, rows, first);
  else if (classes <= SHORT_ROWS) kernel.shortRows(values, rows, first);
  else kernel.softmaxRows(values, rows, first);
}

/** The address of a row's first logit, where all logits are in the kernel's memory. */
export function addressOfRow({ values, layout }: Pass, row: number): number {
  return values + 4 * offsetOf(layout, row);
}
