import { smoothingOf } from '../../../loss/conventions/smoothing.ts';
import { sumOf } from '../../../loss/rows/pairwiseSum.ts';
import type { Layout } from '../../../loss/rows/rowLayout.ts';
import { type PassSpec, type RowStats, shareOfRows } from '../../../loss/rows/rowStats.ts';
import { ignoredTarget, type Targets } from '../../../loss/rows/targets.ts';
import { type KernelMemory, NO_SPAN } from '../../kernel/kernelMemory.ts';
import type { FileOfRows, LogitsSource } from '../rowsFile.ts';
import { COUNTERS, kernelWeights, type Pass, type ScratchMemory, scratchBytes } from './kernelPass.ts';
import type { Lease } from './memoryLease.ts';
import { blocksOf } from './passBlocks.ts';
import { type BringBlock, bringFrom } from './runPass.ts';

/** Where a pass has what it needs: what goes with it, and what stays as its result. */
export interface OutputPlaces {
  readonly memory: KernelMemory;
  readonly working: Lease;
  readonly results: Lease;
  /** About how many logits a block has. */
  readonly blockLogits: number;
}

/**
 * A pass with all it reads in its place, and room for what it writes. May throw OutOfKernelMemory; RangeError for logits that
 * don't lie as `layout` says.
 */
export function preparedPass(
  source: LogitsSource,
  layout: Layout,
  targets: Targets | null,
  spec: PassSpec,
  { memory, working, results, blockLogits }: OutputPlaces,
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
  const isByColumns = activation === 'softmax' && !soft;
  return {
    ...barePass(source, layout, isByColumns, { memory, working, blockLogits }),
    activation,
    among,
    ignoreIndex: ignoredTarget(soft ? null : spec.ignoreIndex),
    padding: padding ?? -1,
    weights,
    weightSum: weight ? sumOf(weight) : classes,
    targets: targetsAt,
    soft,
    softValues: addressOfSoft(memory, targets, layout),
    outputs: { hard: column(), uniform: column(), pTarget: column(), pMax: column(), prediction: column() },
    beta: 1 / temperatureOf(source),
  };
}

/** A pass over all rows that reads nothing but them and writes nothing: what each question adds is its own. */
export function barePass(
  source: LogitsSource,
  layout: Layout,
  isByColumns: boolean,
  { memory, working, blockLogits }: Pick<OutputPlaces, 'memory' | 'working' | 'blockLogits'>,
): Pass {
  const { classes, inner } = layout;
  const values = addressOfLogits(memory, source, layout);
  const classMajor = values !== 0 && inner >= 4 && isByColumns;
  return {
    layout,
    classMajor,
    blockLogits,
    activation: 'softmax',
    among: classes,
    ignoreIndex: ignoredTarget(null),
    padding: -1,
    weights: 0,
    weightSum: classes,
    targets: 0,
    soft: false,
    softValues: 0,
    outputs: { hard: 0, uniform: 0, pTarget: 0, pMax: 0, prediction: 0 },
    values: inner === 1 || classMajor ? values : 0,
    counters: countersIn({ memory, working }),
    beta: 1,
    scores: null,
    floors: null,
  };
}

/** What the kernel divides logits by: of probabilities in a file whoever brings them makes logits. */
export function temperatureOf(source: LogitsSource): number {
  if ('values' in source) return source.temperature ?? 1;
  const { probabilities, temperature } = source.file;
  return probabilities ? 1 : temperature;
}

/** The file as it's brought to the kernel; undefined for logits in memory. */
export function rawFileOf(source: LogitsSource): FileOfRows | undefined {
  if ('values' in source) return undefined;
  return temperatureOf(source) === 1 ? source.file : { ...source.file, temperature: 1, fromLargest: false };
}

/** The counters of a pass, at 0. */
function countersIn({ memory, working }: Pick<OutputPlaces, 'memory' | 'working'>): number {
  const counters = working.hold(4 * COUNTERS);
  memory.ints(counters, COUNTERS).fill(0);
  return counters;
}

/** The address of the logits if they are in the kernel's memory, else 0. */
function addressOfLogits(
  memory: KernelMemory,
  source: LogitsSource,
  { rows, classes, inner }: Layout,
): number {
  if ('file' in source) {
    if (inner !== 1) throw new RangeError('The rows of a file lie one after the other');
    return 0;
  }
  const { length } = source.values;
  if (length !== rows * classes) throw new RangeError(`${length} logits aren’t ${rows} rows of ${classes}`);
  return memory.addressOf(source.values) ?? 0;
}

/** The address of targets as class indices: where they are, or a copy of them. */
export function addressOfIndices(
  { values }: Targets & { readonly kind: 'indices' },
  { memory }: Pick<OutputPlaces, 'memory'>,
  hold: (bytes: number) => number,
): number {
  const held = memory.addressOf(values);
  if (held !== undefined) return held;
  const at = hold(indexBytes(values.length));
  memory.ints(at, values.length).set(values);
  return at;
}

/** The kernel looks at four rows at a time. */
export function indexBytes(rows: number): number {
  return 4 * (rows + 4);
}

/** The address of soft targets that are in the kernel's memory, row after row, else 0. */
export function addressOfSoft(memory: KernelMemory, targets: Targets | null, { inner }: Layout): number {
  const isReadable = targets?.kind === 'soft' && targets.values instanceof Float32Array && inner === 1;
  return isReadable ? (memory.addressOf(targets.values) ?? 0) : 0;
}

/** How a block's logits come into the kernel's memory; undefined if it reads them where they are. */
export function bringerOf(source: LogitsSource, { layout, values }: Pass): BringBlock | undefined {
  return 'file' in source || values !== 0 ? undefined : bringFrom(source.values, layout);
}

/** What one thread needs to take part. */
export function scratchMemoryFor(pass: Pass, brought: boolean, working: Lease): ScratchMemory {
  const bytes = 4 * blocksOf(pass).mostLogits;
  return {
    scratch: working.hold(scratchBytes(pass.layout.classes)),
    block: brought ? working.span(bytes) : NO_SPAN,
    soft: pass.soft && pass.softValues === 0 ? working.span(bytes) : NO_SPAN,
  };
}

/** What a pass has found, where it is. */
export function statsOf(
  memory: KernelMemory,
  { outputs, targets: address, layout: { rows, classes } }: Pass,
  targets: Targets | null,
  spec: PassSpec,
): RowStats {
  const prediction = memory.ints(outputs.prediction, rows);
  const target = targets ? memory.ints(address, rows) : prediction;
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
