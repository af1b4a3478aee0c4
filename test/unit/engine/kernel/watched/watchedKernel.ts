import type { KernelExports, KernelHome } from '../../../../../src/engine/kernel/kernel.ts';
import { PADDING } from '../../../../../src/engine/kernel/kernelMemory.ts';
import { SCORE_BYTES, scratchBytes } from '../../../../../src/engine/measure/passes/kernelPass.ts';
import type { Watcher } from './instrumented.ts';
import type { WatchedMemory } from './watchedMemory.ts';

/** What the kernel's calls are held against. */
export interface Allowed {
  readonly memory: WatchedMemory;
  /** How many rows the columns have that a pass writes: behind them there is room for four more. */
  rows: number;
}

type OverRows =
  | 'twoClasses'
  | 'fewClasses'
  | 'shortRows'
  | 'softmaxRows'
  | 'weightedRows'
  | 'scoreTwo'
  | 'scoreFew'
  | 'scoreRows'
  | 'entropyRows'
  | 'momentFew'
  | 'momentRows';

/** The window of text a scanner has marked. */
const BEFORE_TEXT = 32;

/**
 * The same kernel, of an instrumented module. A call throws if it's given what is nobody's; and before it reads or writes anything
 * that it wasn't given: more than `PADDING` bytes behind it, or a row of another block.
 */
export function watchedKernel({ module, memory }: KernelHome, allowed: Allowed): KernelExports {
  const spans = new Spans(allowed.memory);
  const watcher: Watcher = {
    read: (bytes, offset, at) => spans.check(spans.reads, 'read', bytes, offset, at),
    write: (bytes, offset, at) => spans.check(spans.writes, 'write', bytes, offset, at),
  };
  const instance = new WebAssembly.Instance(module, { env: { memory }, watcher: { ...watcher } });
  const kernel = instance.exports as unknown as KernelExports;
  const heapBase = kernel.heapBase();
  const pass = { K: 0, weights: 0, targets: 0, columns: [] as number[], scratch: 0, sums: 0 };
  const text = { from: 0, to: 0, marks: 0 };

  const start = () => {
    spans.clear();
    spans.reads.push(0, heapBase);
  };
  /** What every pass over rows has besides its logits. */
  const startRows = (rows: number, first: number) => {
    start();
    const at = 4 * first;
    if (pass.weights) spans.mayRead(pass.weights, 4 * pass.K, PADDING);
    if (pass.targets) spans.mayRead(pass.targets + at, 4 * rows, PADDING);
    spans.mayRead(pass.scratch, scratchBytes(pass.K));
    spans.mayWrite(pass.scratch, scratchBytes(pass.K));
    if (pass.sums) {
      spans.mayRead(pass.sums, SCORE_BYTES);
      spans.mayWrite(pass.sums, SCORE_BYTES);
    }
    for (const column of pass.columns) {
      spans.mayRead(column + at, 4 * rows, PADDING);
      spans.mayWrite(column + at, 4 * rows + (first + rows === allowed.rows ? PADDING : 0));
    }
  };
  const overRows = (name: OverRows) => (values: number, rows: number, first: number) => {
    startRows(rows, first);
    spans.mayRead(values, 4 * rows * pass.K, PADDING);
    kernel[name](values, rows, first);
  };
  const overSoftRows =
    (name: 'softRows' | 'sigmoidRows' | 'scoreSoft') =>
    (values: number, rows: number, first: number, soft: number, find = 0) => {
      startRows(rows, first);
      spans.mayRead(values, 4 * rows * pass.K, PADDING);
      if (soft) spans.mayRead(soft, 4 * rows * pass.K, PADDING);
      if (find) spans.mayWrite(pass.targets + 4 * first, 4 * rows);
      kernel[name](values, rows, first, soft, find);
    };
  const overColumns =
    (name: 'classMajor' | 'scoreClassMajor' | 'momentClassMajor') =>
    (values: number, rows: number, first: number, stride: number) => {
      startRows(rows, first);
      spans.mayReadColumns(values, 4 * rows, stride, pass.K);
      kernel[name](values, rows, first, stride);
    };
  return {
    heapBase: () => heapBase,
    begin(K, among, ignoreIndex, padding, weights, weightSum, targets, ...places) {
      const [hard, uniform, pTarget, pMax, prediction, scratch] = places;
      Object.assign(pass, { K, weights, targets, scratch, sums: 0 });
      pass.columns = [hard, uniform, pTarget, pMax, prediction].filter((column) => column !== 0);
      start();
      kernel.begin(K, among, ignoreIndex, padding, weights, weightSum, targets, ...places);
    },
    beyondFloat32: () => kernel.beyondFloat32(),
    twoClasses: overRows('twoClasses'),
    fewClasses: overRows('fewClasses'),
    shortRows: overRows('shortRows'),
    softmaxRows: overRows('softmaxRows'),
    weightedRows: overRows('weightedRows'),
    softRows: overSoftRows('softRows'),
    sigmoidRows: overSoftRows('sigmoidRows'),
    classMajor: overColumns('classMajor'),
    beginScores(rests, sums) {
      pass.sums = sums;
      pass.columns = rests === 0 ? [] : [rests];
      start();
      spans.mayWrite(sums, SCORE_BYTES);
      kernel.beginScores(rests, sums);
    },
    scoreTwo: overRows('scoreTwo'),
    scoreFew: overRows('scoreFew'),
    scoreRows: overRows('scoreRows'),
    entropyRows: overRows('entropyRows'),
    momentFew: overRows('momentFew'),
    momentRows: overRows('momentRows'),
    scoreSoft: overSoftRows('scoreSoft'),
    scoreClassMajor: overColumns('scoreClassMajor'),
    momentClassMajor: overColumns('momentClassMajor'),
    exactConfidences(values, rows, beta, into) {
      start();
      spans.mayRead(values, 4 * rows * pass.K, PADDING);
      spans.mayWrite(into, 8 * rows);
      kernel.exactConfidences(values, rows, beta, into);
    },
    sortRows(numbers, rows, counts, sorted, spare) {
      start();
      spans.mayRead(numbers, 4 * rows);
      for (const [at, bytes] of [
        [counts, 4 << 10],
        [sorted, 8 * rows],
        [spare, 8 * rows],
      ] as const) {
        spans.mayRead(at, bytes);
        spans.mayWrite(at, bytes);
      }
      return kernel.sortRows(numbers, rows, counts, sorted, spare);
    },
    temperAt: (inverse) => kernel.temperAt(inverse),
    gradientRows(values, rows, first, soft, on, off, mass, upstream, into) {
      const bytes = 4 * rows * pass.K;
      start();
      if (pass.weights) spans.mayRead(pass.weights, 4 * pass.K, PADDING);
      if (pass.targets) spans.mayRead(pass.targets + 4 * first, 4 * rows);
      spans.mayRead(values, bytes, PADDING);
      if (soft) spans.mayRead(soft, bytes, PADDING);
      spans.mayRead(upstream, 4 * rows);
      spans.mayRead(into, bytes);
      spans.mayWrite(into, bytes);
      kernel.gradientRows(values, rows, first, soft, on, off, mass, upstream, into);
    },
    floorRows(soft, rows, keep, off, into) {
      start();
      spans.mayRead(soft, 4 * rows * pass.K, PADDING);
      spans.mayWrite(into, 8 * rows);
      kernel.floorRows(soft, rows, keep, off, into);
    },
    argmaxRows(values, rows, into) {
      start();
      spans.mayRead(values, 4 * rows * pass.K, PADDING);
      spans.mayWrite(into, 4 * rows);
      return kernel.argmaxRows(values, rows, into);
    },
    totals(rows, classes, hard, uniform, pTarget, target, counts, into) {
      start();
      for (const column of [hard, uniform, pTarget, target]) spans.mayRead(column, 4 * rows, PADDING);
      spans.mayRead(counts, 16 * classes);
      spans.mayWrite(counts, 16 * classes);
      spans.mayWrite(into, 8 * (3 + classes));
      kernel.totals(rows, classes, hard, uniform, pTarget, target, counts, into);
    },
    markJson(from, to, marks) {
      const blocks = Math.ceil((to - from) / 32);
      Object.assign(text, { from, to: from + 32 * blocks, marks: marks - from / 8 });
      start();
      spans.mayRead(from, 32 * blocks);
      spans.mayWrite(marks, 4 * blocks);
      kernel.markJson(from, to, marks);
    },
    scanJson(from, marks, values, firstSpan, spansEnd, fixes, fixesEnd, ...rest) {
      start();
      spans.mayRead(text.from - BEFORE_TEXT, text.to - text.from + BEFORE_TEXT);
      spans.mayRead(marks + text.from / 8, (text.to - text.from) / 8, PADDING);
      spans.mayWrite(values, firstSpan - values);
      spans.mayWrite(firstSpan, spansEnd - firstSpan);
      spans.mayWrite(fixes, fixesEnd - fixes);
      spans.mayWrite(rest.at(-1) as number, 24);
      return kernel.scanJson(from, marks, values, firstSpan, spansEnd, fixes, fixesEnd, ...rest);
    },
  };
}

const NO_COLUMNS = { at: 0, bytes: 0, stride: 1, count: 0 };

/** Where a call may read and write, as pairs of addresses. */
class Spans {
  readonly reads: number[] = [];
  readonly writes: number[] = [];
  readonly #memory: WatchedMemory;
  #columns = NO_COLUMNS;

  constructor(memory: WatchedMemory) {
    this.#memory = memory;
  }

  clear(): void {
    this.#columns = NO_COLUMNS;
    this.reads.length = 0;
    this.writes.length = 0;
  }

  /** `behind` it so much more may be read, whoever has it. */
  mayRead(at: number, bytes: number, behind = 0): void {
    this.#memory.expectInside(at, bytes);
    this.reads.push(at, at + bytes + behind);
  }

  /** `count` columns of so many bytes, `stride` apart. */
  mayReadColumns(at: number, bytes: number, stride: number, count: number): void {
    this.#memory.expectInside(at, (count - 1) * stride + bytes);
    this.#columns = { at, bytes, stride, count };
  }

  mayWrite(at: number, bytes: number): void {
    this.#memory.expectInside(at, bytes);
    this.writes.push(at, at + bytes);
  }

  check(spans: readonly number[], what: string, bytes: number, offset: number, at: number): number {
    const from = (at >>> 0) + offset;
    const to = from + bytes;
    // The last that were added are what is read most.
    for (let i = spans.length - 2; i >= 0; i -= 2) if (from >= spans[i]! && to <= spans[i + 1]!) return at;
    const columns = this.#columns;
    const column = Math.floor((from - columns.at) / columns.stride);
    const inColumn = from - columns.at - column * columns.stride + bytes <= columns.bytes;
    if (spans === this.reads && column >= 0 && column < columns.count && inColumn) return at;
    throw new RangeError(
      `The kernel would ${what} ${bytes} bytes at ${from}, outside of ${spans.join(', ')}`,
    );
  }
}
