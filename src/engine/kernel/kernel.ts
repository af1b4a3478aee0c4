import type { JsonKernel } from './jsonScanner.ts';
import { KernelMemory } from './kernelMemory.ts';

/** What the module exports. Addresses and strides are bytes; arrays are float32, indices int32. See `assembly`. */
export interface KernelExports extends Omit<JsonKernel, 'memory'> {
  heapBase(): number;
  begin(
    classes: number,
    among: number,
    ignoreIndex: number,
    padding: number,
    weights: number,
    weightSum: number,
    targets: number,
    hard: number,
    uniform: number,
    pTarget: number,
    pMax: number,
    prediction: number,
    scratch: number,
  ): void;
  /** Not 0 once a loss that float64 holds was beyond float32, and written as ∞. */
  beyondFloat32(): number;
  twoClasses(values: number, rows: number, first: number): void;
  fewClasses(values: number, rows: number, first: number): void;
  shortRows(values: number, rows: number, first: number): void;
  softmaxRows(values: number, rows: number, first: number): void;
  weightedRows(values: number, rows: number, first: number): void;
  /** `find`: which class is the likeliest target is written. */
  softRows(values: number, rows: number, first: number, soft: number, find: number): void;
  classMajor(values: number, rows: number, first: number, stride: number): void;
  sigmoidRows(values: number, rows: number, first: number, soft: number): void;
  /** What the next block is scored into, after `begin`: the float64 pairs at `sums` become 0. */
  beginScores(rests: number, sums: number): void;
  scoreTwo(values: number, rows: number, first: number): void;
  scoreFew(values: number, rows: number, first: number): void;
  scoreRows(values: number, rows: number, first: number): void;
  scoreClassMajor(values: number, rows: number, first: number, stride: number): void;
  scoreSoft(values: number, rows: number, first: number, soft: number): void;
  entropyRows(values: number, rows: number, first: number): void;
  momentFew(values: number, rows: number, first: number): void;
  momentRows(values: number, rows: number, first: number): void;
  momentClassMajor(values: number, rows: number, first: number, stride: number): void;
  /** (rows) float64, of rows one after the other at β, after `begin`. */
  exactConfidences(values: number, rows: number, beta: number, into: number): void;
  /** How many numbers there are beside NaN: they are at `sorted` then, ascending, and behind them their rows. */
  sortRows(numbers: number, rows: number, counts: number, sorted: number, spare: number): number;
  /** After `begin`, which says 1: at which 1/T the next block is measured or scored. */
  temperAt(inverseTemperature: number): void;
  gradientRows(
    values: number,
    rows: number,
    first: number,
    soft: number,
    on: number,
    off: number,
    mass: number,
    upstream: number,
    into: number,
  ): void;
  /** (rows) float64: the floors of soft targets t under a softmax, of q = keep·t + off, after `begin`. */
  floorRows(soft: number, rows: number, keep: number, off: number, into: number): void;
  /** Not 0 if a number isn't finite. */
  argmaxRows(values: number, rows: number, into: number): number;
  totals(
    rows: number,
    classes: number,
    hard: number,
    uniform: number,
    pTarget: number,
    target: number,
    counts: number,
    into: number,
  ): void;
}

/** The same source in two builds: with fused multiply-add (relaxed SIMD), and for engines that have none. */
export interface KernelBuilds {
  relaxed(): BufferSource;
  plain(): BufferSource;
}

/** More than the module's constants take; `instantiate` checks it. */
const RESERVED = 1 << 16;

/** A module and the memory its instances share: what a thread needs to have a kernel of its own. Can be posted to a thread. */
export interface KernelHome {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** The faster of the builds that this engine can run; undefined if it has no SIMD. */
export function compileKernel({ relaxed, plain }: KernelBuilds): WebAssembly.Module | undefined {
  return compiled(relaxed()) ?? compiled(plain());
}

function compiled(bytes: BufferSource): WebAssembly.Module | undefined {
  try {
    // To ask `validate` first would be to read it all twice.
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}

/** Memory for a kernel, with room for its constants at the start. `shared`: threads can use it, too. */
export function createMemory(shared: boolean): KernelMemory {
  return new KernelMemory(shared, RESERVED);
}

/** A kernel in its memory. Throws if its constants don't fit the room that is reserved for them. */
export function instantiate({ module, memory }: KernelHome): KernelExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = exports as unknown as KernelExports;
  if (kernel.heapBase() > RESERVED) throw new Error('The kernel has more constants than there is room for');
  return kernel;
}
