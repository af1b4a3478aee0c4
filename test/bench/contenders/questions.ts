import type { Compute } from '../../../src/engine/measure/compute.ts';
import { calibrate } from '../../../src/engine/questions/calibrate.ts';
import { meanEntropy } from '../../../src/engine/questions/meanEntropy.ts';
import { reducedLoss } from '../../../src/loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import type { Layout } from '../../../src/loss/rows/rowLayout.ts';
import type { PassSpec } from '../../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../../src/loss/rows/targets.ts';
import { finish } from '../../../src/loss/work.ts';
import { ALPHA, likelyTargets } from './logits.ts';

/** What the panel asks of logits. The first is what the others are compared with. */
export const QUESTIONS = [
  'loss',
  'temperature',
  'weights',
  'ignore index',
  'soft targets',
  'calibration',
  'entropy',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** Each question about the same logits, as the engine answers it. */
export function questionsAbout(
  compute: Compute,
  values: Float32Array,
  layout: Layout,
): Readonly<Record<Question, () => number>> {
  const { rows, classes } = layout;
  const targets = { kind: 'indices', values: likelyTargets(values, rows, classes) } as const;
  const weight = Float64Array.from({ length: classes }, (_, k) => 0.5 + ((k * 7) % classes) / classes);
  let soft: Targets | undefined;
  const measured = (spec: Partial<PassSpec>, of: Targets = targets, temperature = 1) => {
    const source = temperature === 1 ? { values } : { values, tempered: { temperature, fromLargest: true } };
    const stats = finish(compute.measureSource(source, layout, of, { ...DEFAULT_SPEC, ...spec }));
    const loss = reducedLoss(compute.totals(stats), ALPHA, 'mean');
    compute.releaseStats(stats);
    return loss;
  };
  const held = { source: { values }, layout, targets, measuredWith: { ignoreIndex: -100 } };
  return {
    loss: () => measured({}),
    temperature: () => measured({}, targets, 1.5),
    weights: () => measured({ weight }),
    'ignore index': () => measured({ ignoreIndex: 1 }),
    'soft targets': () => {
      soft ??= { kind: 'soft', values: new Float32Array(rows * classes).fill(1 / classes) };
      return measured({}, soft);
    },
    calibration: () => finish(calibrate(compute, held)).temperature![0]!,
    entropy: () => finish(meanEntropy(compute, held, 2))[0]!,
  };
}
