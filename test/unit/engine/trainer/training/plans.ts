import { SeededNumbers } from '../../../../../src/lab/random/seededNumbers.ts';
import type {
  Parameters,
  PlanProblem,
  Trainer,
  TrainingListener,
  TrainingRun,
} from '../../../../../src/lab/training/trainer.ts';
import type { TrainingLoss, TrainingPlan } from '../../../../../src/lab/training/trainingPlan.ts';

/** Label smoothing as PyTorch has it. */
export function smoothing(labelSmoothing: number): TrainingLoss {
  return { convention: 'UNIFORM_K', labelSmoothing, ignoreIndex: null, focal: null, temperature: 1 };
}

/** `rows` rows of 8 features, of 5 classes that the features tell mostly. */
export function drawnRows(seed: number, rows: number, inputs = 8, classes = 5) {
  const numbers = new SeededNumbers(seed, 'rows of tests');
  const labels = Int32Array.from({ length: rows }, () => numbers.below(classes));
  const features = Float32Array.from({ length: rows * inputs }, (_, i) => {
    const isOwn = labels[Math.floor(i / inputs)] === i % inputs;
    return numbers.normal() + (isOwn ? 2 : 0);
  });
  return { features, labels };
}

/** Two seeds with and without smoothing, which take no time to train. */
export function smallPlan(change: Partial<TrainingPlan> = {}): TrainingPlan {
  const split = (seed: number) => ({
    train: drawnRows(seed, 70),
    validation: drawnRows(100 + seed, 40),
    test: drawnRows(200 + seed, 50),
  });
  return {
    inputs: 8,
    hidden: [12, 10],
    outputs: 5,
    optimizer: { kind: 'adam', learningRate: 0.01 },
    weightDecay: 0,
    batchSize: 16,
    epochs: 6,
    marks: [0, 1, 3],
    splits: [split(1), split(2)],
    networks: [0, 0.1].flatMap((alpha) =>
      [0, 1].map((i) => ({ seed: 7 + i, split: i, loss: smoothing(alpha) })),
    ),
    pictures: { plane: [0, 1, 2], probe: Float32Array.from({ length: 3 * 8 }, (_, i) => i % 3) },
    ...change,
  };
}

/** Begins a plan that nothing is wrong with. */
export async function begun(
  trainer: Trainer,
  plan: TrainingPlan,
  listener: TrainingListener = {},
): Promise<TrainingRun> {
  const run: TrainingRun | PlanProblem = await trainer.begin(plan, listener);
  if ('reason' in run) throw new Error(JSON.stringify(run));
  return run;
}

/** What networks have learnt at the end of a plan. */
export async function learnt(trainer: Trainer, plan: TrainingPlan): Promise<readonly Parameters[]> {
  const run = await begun(trainer, plan);
  await run.goOn();
  const parameters = await run.parameters();
  await run.release();
  return parameters;
}

/** The largest difference of any weight or bias of network `a` of one run and `b` of another. */
export function largestDifference(
  one: readonly Parameters[],
  a: number,
  other: readonly Parameters[],
  b: number,
): number {
  const of = ({ values, shape }: Parameters, network: number) => {
    const size = values.length / shape[0]!;
    return values.subarray(network * size, (network + 1) * size);
  };
  return one.reduce((most, parameters, layer) => {
    const [x, y] = [of(parameters, a), of(other[layer]!, b)];
    return x.reduce((largest, value, i) => Math.max(largest, Math.abs(value - y[i]!)), most);
  }, 0);
}
