import type { Floats, Layout } from '../../loss/rows/rowLayout.ts';
import { measureRowStats, type PassSpec, type RowStats, shareOfRows } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { portion, SLICE, type Work } from '../../loss/work.ts';
import { rowsOfBlock } from './passes/passBlocks.ts';
import { openRowsFile } from './rowsFile.node.ts';
import type { LogitsSource } from './rowsFile.ts';

const COLUMNS = ['target', 'prediction', 'pTarget', 'pMax', 'hard', 'uniform'] as const;

/** Every row in float64, of logits in memory or in their file. */
export function* measureExactly(
  source: LogitsSource,
  layout: Layout,
  targets: Targets | null,
  spec: PassSpec,
): Work<RowStats> {
  if ('values' in source) {
    const { values, temperature = 1 } = source;
    const logits = temperature === 1 ? values : yield* portion(divided(values, temperature), 0, 0.2);
    return yield* portion(measureRowStats({ values: logits, layout }, targets, spec), 0.2, 1);
  }
  const { rows: count, classes } = layout;
  const none = { values: new Float32Array(0), layout: { rows: 0, classes, inner: 1 } };
  const empty = yield* measureRowStats(none, targets && partOf(targets, classes, 0, 0), spec);
  const floats = () => new Float64Array(count);
  const stats = {
    ...empty,
    rows: count,
    target: new Int32Array(count),
    prediction: new Int32Array(count),
    pTarget: floats(),
    pMax: floats(),
    hard: floats(),
    uniform: floats(),
  };
  const file = openRowsFile(source.file);
  const most = rowsOfBlock(classes);
  const block = new Float64Array(Math.min(most, count) * classes);
  try {
    for (let first = 0; first < count; first += most) {
      yield first / count;
      const rows = Math.min(most, count - first);
      const values = block.subarray(0, rows * classes);
      file.bring({ first, rows }, values);
      const wanted = targets && partOf(targets, classes, first, rows);
      const part = yield* measureRowStats({ values, layout: { rows, classes, inner: 1 } }, wanted, spec);
      for (const column of COLUMNS) stats[column].set(part[column], first);
    }
  } finally {
    file.close();
  }
  return { ...stats, share: shareOfRows(stats.target, stats.targets, spec) };
}

function* divided(values: Floats, temperature: number): Work<Float64Array> {
  const quotients = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (i % SLICE === 0) yield i / values.length;
    quotients[i] = values[i]! / temperature;
  }
  return quotients;
}

function partOf(targets: Targets, classes: number, first: number, rows: number): Targets {
  if (targets.kind === 'indices')
    return { kind: 'indices', values: targets.values.subarray(first, first + rows) };
  return { kind: 'soft', values: targets.values.subarray(first * classes, (first + rows) * classes) };
}
