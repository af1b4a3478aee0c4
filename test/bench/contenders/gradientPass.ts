import { BUILDS } from '../../../src/engine/kernel/builds.node.ts';
import { compileKernel, instantiate, type KernelExports } from '../../../src/engine/kernel/kernel.ts';
import type { KernelMemory } from '../../../src/engine/kernel/kernelMemory.ts';
import type { Layout } from '../../../src/loss/rows/rowLayout.ts';
import { SLICE } from '../../../src/loss/work.ts';

/** The gradient of the mean loss, written into the same memory every time. */
export class GradientPass {
  readonly #kernel: KernelExports;
  readonly #layout: Layout;
  readonly #values: number;
  readonly #targets: number;
  readonly #scratch: number;
  readonly #upstream: number;
  readonly #into: number;

  constructor(memory: KernelMemory, values: Float32Array, layout: Layout, targets: Int32Array) {
    const module = compileKernel(BUILDS)!;
    const { rows, classes } = layout;
    this.#kernel = instantiate({ module, memory: memory.memory });
    this.#layout = layout;
    this.#values = memory.addressOf(values)!;
    this.#targets = memory.allocate(4 * rows);
    this.#scratch = memory.allocate(16 * (classes + 8));
    this.#upstream = memory.allocate(4 * rows);
    this.#into = memory.allocate(4 * rows * classes);
    memory.ints(this.#targets, rows).set(targets);
    memory.floats(this.#upstream, rows).fill(1 / rows);
  }

  run(alpha: number): void {
    const { rows, classes } = this.#layout;
    const none = [0, 0, 0, 0, 0] as const;
    this.#kernel.begin(classes, classes, -100, -1, 0, classes, this.#targets, ...none, this.#scratch);
    const off = alpha / classes;
    const most = Math.max(1, Math.floor(SLICE / classes));
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      const start = 4 * first * classes;
      const upstream = this.#upstream + 4 * first;
      const [values, into] = [this.#values + start, this.#into + start];
      this.#kernel.gradientRows(values, count, first, 0, 1 - alpha + off, off, alpha, upstream, into);
    }
  }
}
