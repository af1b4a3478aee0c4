import type { Layout } from '../../loss/layout.ts';
import { type PassSpec, type RowStats, shareOfRows } from '../../loss/rowStats.ts';
import { smoothingOf } from '../../loss/smoothing.ts';
import { sumOf } from '../../loss/sum.ts';
import type { Targets } from '../../loss/targets.ts';
import type { KernelMemory } from '../kernel/memory.ts';
import type { Lease } from './lease.ts';
import {
  isClassMajor,
  kernelWeights,
  NO_TARGET,
  type Pass,
  type Room,
  rowsOfBlock,
  scratchBytes,
} from './pass.ts';
import type { LogitsSource } from './rowsFile.ts';
import { type BringBlock, bringFrom } from './runPass.ts';

/** Where a pass has what it needs: what goes with it, and what stays as its result. */
export interface Places {
  readonly memory: KernelMemory;
  readonly working: Lease;
  readonly results: Lease;
}

/** A pass with all it reads in its place, and room for what it writes. May throw OutOfKernelMemory. */
export function preparedPass(
  source: LogitsSource,
  layout: Layout,
  targets: Targets | null,
  spec: PassSpec,
  { memory, working, results }: Places,
): Pass {
  const { rows, classes } = layout;
  const { activation, among, padding } = smoothingOf({ ...spec, labelSmoothing: 0 }, classes);
  const soft = targets?.kind === 'soft';
  const column = () => results.hold(4 * (rows + 4));
  const targetsAt = targets ? column() : 0;
  if (targets?.kind === 'indices') memory.ints(targetsAt, rows).set(targets.values);
  const weight = kernelWeights(spec.weight, padding, classes);
  const weights = weight ? working.hold(4 * classes) : 0;
  if (weight) memory.floats(weights, classes).set(weight);
  const counters = working.hold(8);
  memory.ints(counters, 2).fill(0);
  return {
    layout,
    activation,
    among,
    ignoreIndex: soft ? NO_TARGET : (spec.ignoreIndex ?? NO_TARGET),
    padding: padding ?? -1,
    weights,
    weightSum: weight ? sumOf(weight) : classes,
    targets: targetsAt,
    soft,
    outputs: { hard: column(), uniform: column(), pTarget: column(), pMax: column(), prediction: column() },
    values: ('values' in source ? memory.addressOf(source.values) : undefined) ?? 0,
    counters,
  };
}

/** How a block's logits come into the kernel's memory; undefined if they are there already, in an order it can read. */
export function bringerOf(source: LogitsSource, layout: Layout, pass: Pass): BringBlock | undefined {
  if ('file' in source) return undefined;
  if (pass.values !== 0 && (layout.inner === 1 || isClassMajor(pass))) return undefined;
  return bringFrom(source.values, layout);
}

/** What one thread needs to take part. */
export function roomFor({ layout: { classes }, soft }: Pass, brought: boolean, working: Lease): Room {
  const blockBytes = 4 * rowsOfBlock(classes) * classes;
  return {
    scratch: working.hold(scratchBytes(classes)),
    block: brought ? working.hold(blockBytes) : 0,
    soft: soft ? working.hold(blockBytes) : 0,
  };
}

/** What a pass has found, where it is. */
export function statsOf(
  memory: KernelMemory,
  { outputs, targets: at, layout: { rows, classes } }: Pass,
  targets: Targets | null,
  spec: PassSpec,
): RowStats {
  const prediction = memory.ints(outputs.prediction, rows);
  const target = targets ? memory.ints(at, rows) : prediction;
  const kind = targets?.kind ?? 'indices';
  return {
    targets: kind,
    rows,
    classes,
    target,
    prediction,
    pTarget: memory.floats(outputs.pTarget, rows),
    pMax: memory.floats(outputs.pMax, rows),
    hard: memory.floats(outputs.hard, rows),
    uniform: memory.floats(outputs.uniform, rows),
    share: shareOfRows(target, kind, spec),
  };
}
