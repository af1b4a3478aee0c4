import { figureOf } from '../../lab/measure/labFigures.ts';
import { pooledReliability, RELIABILITY_BINS } from '../../lab/measure/pooledReliability.ts';
import type { TrainingRun, TrainingSnapshot } from '../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../lab/training/trainingPlan.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import type { LabReliability } from '../../protocol/labChannel.ts';

/** How often each α's networks are right against how confident they are, over their test rows; null where there's no softmax. */
export async function reliabilityOf(
  run: Pick<TrainingRun, 'logits'>,
  { networks, splits, inputs, outputs }: TrainingPlan,
  { figures }: TrainingSnapshot,
): Promise<LabReliability | null> {
  if (networks.some(({ loss }) => CONVENTIONS[loss.convention].activation !== 'softmax')) return null;
  const rows = splits[0]!.test.labels.length;
  if (splits.some(({ test }) => test.labels.length !== rows)) return null;
  const features = new Float32Array(networks.length * rows * inputs);
  networks.forEach(({ split }, network) => {
    features.set(splits[split]!.test.features, network * rows * inputs);
  });
  const logits = await run.logits(features, rows);
  const seeds = splits.length;
  const pooled = (temperatureOf: (network: number) => number) =>
    Float64Array.from(
      Array.from({ length: networks.length / seeds }, (_, alpha) =>
        pooledReliability(
          splits.map(({ test }, seed) => {
            const network = alpha * seeds + seed;
            return {
              logits: logits.subarray(network * rows * outputs, (network + 1) * rows * outputs),
              outputs,
              labels: test.labels,
              temperature: temperatureOf(network),
            };
          }),
        ).flatMap(({ confidence, accuracy, rows: count }) => [confidence, accuracy, count]),
      ).flat(),
    );
  return {
    bins: RELIABILITY_BINS,
    asItIs: pooled(() => 1),
    scaled: pooled((network) => {
      const temperature = figureOf(figures, network, 'temperature');
      // Without a best temperature there's nothing to divide by.
      return temperature > 0 && Number.isFinite(temperature) ? temperature : 1;
    }),
  };
}
