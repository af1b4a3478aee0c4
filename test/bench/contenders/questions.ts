import type { Compute } from '../../../src/engine/measure/compute.ts';
import { calibrate } from '../../../src/engine/questions/calibrate.ts';
import { meanEntropy } from '../../../src/engine/questions/meanEntropy.ts';
import { reducedLoss } from '../../../src/loss/batch/reduction.ts';
import { uniformSmoothing } from '../../../src/loss/conventions/smoothing.ts';
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
  'floors of soft targets',
  'calibration',
  'entropy',
] as const;
export type Question = (typeof QUESTIONS)[number];

/** Probabilities of rows: one class has most of each. */
function shares(values: Float32Array, classes: number): Float32Array {
  for (let i = 0; i < values.length; i++)
    values[i] = (i % classes === 3 ? 0.7 : 0.3) / classes + ((i * 7) % 5) * 1e-5;
  return values;
}

/** Each question about the same logits, as the engine answers it. */
export function questionsAbout(
  compute: Compute,
  values: Float32Array,
  layout: Layout,
): Readonly<Record<Question, () => number>> {
  const { rows, classes } = layout;
  const targets = { kind: 'indices', values: likelyTargets(values, rows, classes) } as const;
  const weight = Float64Array.from({ length: classes }, (_, k) => 0.5 + ((k * 7) % classes) / classes);
  let soft: (Targets & { readonly kind: 'soft' }) | undefined;
  const measured = (spec: Partial<PassSpec>, of: Targets = targets, temperature = 1) => {
    const source = temperature === 1 ? { values } : { values, temperature };
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
      soft ??= { kind: 'soft', values: shares(compute.allocate(rows * classes), classes) };
      return measured({}, soft);
    },
    'floors of soft targets': () => {
      soft ??= { kind: 'soft', values: shares(compute.allocate(rows * classes), classes) };
      const smoothing = uniformSmoothing(ALPHA, classes);
      return finish(compute.floors({ values: soft.values, layout }, smoothing, null))[0]!;
    },
    calibration: () => finish(calibrate(compute, held)).temperature![0]!,
    entropy: () => finish(meanEntropy(compute, held, 2))[0]!,
  };
}
