import type { Convention } from '../../../loss/conventions/conventions.ts';
import { offsetOf } from '../../../loss/rows/rowLayout.ts';
import type { KernelExports } from '../../kernel/kernel.ts';
import type { MemorySpan } from '../../kernel/kernelMemory.ts';
import { type Block, blocksOf, type Cut } from './passBlocks.ts';

/** What threads tell each other: the next block, how many are done, whether a loss was beyond float32, and how many have left for good. */
export const NEXT = 0;
export const DONE = 1;
export const BEYOND = 2;
export const LEFT = 3;
export const COUNTERS = 4;

/**
 * What a pass over the rows is about: numbers and addresses in the kernel's memory, so that it can be posted to another thread.
 */
export interface Pass extends Cut {
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
  /** Where the soft targets are, if the kernel reads them there; 0 if they are brought to it block by block. */
  readonly softValues: number;
  readonly outputs: Outputs;
  /** Where the logits are, if the kernel reads them there; 0 if they are brought to it block by block. */
  readonly values: number;
  /** `COUNTERS` int32 that all threads see. */
  readonly counters: number;
  /** 1/T: of logits divided by T the rows are measured or scored. */
  readonly beta: number;
  /** The rows are scored, not measured. */
  readonly scores: ScorePass | null;
  /** The rows are targets whose floors are found; logits aren't looked at. */
  readonly floors: FloorPass | null;
}

/** Floors of soft targets t, of q = keep·t + off: see `assembly/soft/floorRows.ts`. */
export interface FloorPass {
  readonly keep: number;
  readonly off: number;
  /** (rows) float64. */
  readonly into: number;
}

/** Rows at a temperature: see `assembly/scores`. */
export interface ScorePass {
  readonly what: 'scores' | 'moments' | 'entropy';
  /** (rows) float32, or 0. */
  readonly rests: number;
  /** `SCORE_BYTES` of each block: added up in their order, whoever took which. */
  readonly sums: number;
  /** Of the blocks every so many-th is looked at. */
  readonly every: number;
}

/** The kernel's numbers stay in float32's range for β between these. */
export function isKernelBeta(beta: number): boolean {
  return beta >= 1e-15 && beta <= 1e15;
}

/** Pairs of float64: what a block's rows add up to. */
export const SCORE_SUMS = 6;
export const SCORE_BYTES = 16 * SCORE_SUMS;

/** How many blocks a pass takes. */
export function blockCountOf(pass: Pass): number {
  return Math.ceil(blocksOf(pass).count / (pass.scores?.every ?? 1));
}

/** (rows) each, with room for a multiple of four: float32, the last one int32. */
export interface Outputs {
  readonly hard: number;
  readonly uniform: number;
  readonly pTarget: number;
  readonly pMax: number;
  readonly prediction: number;
}

/** What a thread needs for itself. */
export interface ScratchMemory {
  /** The address of `scratchBytes(K)` bytes. */
  readonly scratch: number;
  /** For a block of logits, where they have to be brought in. */
  readonly block: MemorySpan;
  /** For a block of soft targets. */
  readonly soft: MemorySpan;
}

/**
 * How much memory a pass over rows of K classes needs for itself on each thread: the kernel's twice 16·(K + 8), 768 for rows that are
 * scored, and room to align them.
 */
export function scratchBytes(classes: number): number {
  return 2 * 16 * (classes + 8) + 1024;
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

/** Tells the kernel what the next block is about. */
export function begin(kernel: KernelExports, pass: Pass, room: ScratchMemory, index: number): void {
  const { layout, among, ignoreIndex, padding, weights, weightSum, targets, outputs } = pass;
  const { hard, uniform, pTarget, pMax, prediction } = outputs;
  const { scratch } = room;
  const into = [hard, uniform, pTarget, pMax, prediction, scratch] as const;
  kernel.begin(layout.classes, among, ignoreIndex, padding, weights, weightSum, targets, ...into);
  kernel.temperAt(pass.beta);
  const { scores } = pass;
  if (scores) kernel.beginScores(scores.rests, scores.sums + SCORE_BYTES * index);
}

/** Rows of up to so many classes are turned into columns, four at a time. */
const FEW_CLASSES = 15;
/** The same with weights, which otherwise take two passes and more sums. */
const FEW_WEIGHTED_CLASSES = 48;
/** And so many where they are scored. */
const FEW_SCORED_CLASSES = 48;
/** Up to so many classes, reading rows twice is quicker than looking again at what was read once. */
const SHORT_ROWS = 255;

/**
 * Measures or scores a block whose logits are at `values`, row after row, and its soft targets at `soft`. Of those the likeliest class may be
 * known before.
 */
export function measureRows(
  kernel: KernelExports,
  { activation, layout: { classes }, weights, soft: isSoft, scores, floors }: Pass,
  { first, rows }: Block,
  values: number,
  soft: number,
  isLikeliestKnown: boolean,
): void {
  if (floors) kernel.floorRows(values, rows, floors.keep, floors.off, floors.into + 8 * first);
  else if (scores) scoreBlock(kernel, scores.what, classes, { first, rows }, values, soft);
  else if (activation === 'sigmoid') kernel.sigmoidRows(values, rows, first, soft);
  else if (isSoft) kernel.softRows(values, rows, first, soft, isLikeliestKnown ? 0 : 1);
  else if (weights !== 0) {
    if (classes <= FEW_WEIGHTED_CLASSES) kernel.fewClasses(values, rows, first);
    else kernel.weightedRows(values, rows, first);
  } else if (classes === 2) kernel.twoClasses(values, rows, first);
  else if (classes <= FEW_CLASSES) kernel.fewClasses(values, rows, first);
  else if (classes <= SHORT_ROWS) kernel.shortRows(values, rows, first);
  else kernel.softmaxRows(values, rows, first);
}

function scoreBlock(
  kernel: KernelExports,
  what: ScorePass['what'],
  classes: number,
  { first, rows }: Block,
  values: number,
  soft: number,
): void {
  if (soft !== 0) kernel.scoreSoft(values, rows, first, soft);
  else if (classes === 2) kernel.scoreTwo(values, rows, first);
  else if (classes <= FEW_SCORED_CLASSES) {
    if (what === 'moments') kernel.momentFew(values, rows, first);
    else kernel.scoreFew(values, rows, first);
  } else if (what === 'moments') kernel.momentRows(values, rows, first);
  else if (what === 'entropy') kernel.entropyRows(values, rows, first);
  else kernel.scoreRows(values, rows, first);
}

/** The same for classes one after the other, `stride` bytes apart. */
export function measureColumns(
  kernel: KernelExports,
  { scores }: Pass,
  { first, rows }: Block,
  values: number,
  stride: number,
): void {
  if (!scores) kernel.classMajor(values, rows, first, stride);
  else if (scores.what === 'moments') kernel.momentClassMajor(values, rows, first, stride);
  else kernel.scoreClassMajor(values, rows, first, stride);
}

/** The address of a row's first logit, where all logits are in the kernel's memory. */
export function addressOfRow({ values, layout }: Pass, row: number): number {
  return values + 4 * offsetOf(layout, row);
}
