import { SeededNumbers } from '../../../lab/random/seededNumbers.ts';
import type { TrainingPlan } from '../../../lab/training/trainingPlan.ts';

/** The next rows of every network, one network after the other. */
export interface TrainingBatch {
  /** Rows of each network. */
  readonly rows: number;
  /** (networks, rows, inputs) */
  readonly features: Float32Array;
  /** (networks, rows) */
  readonly labels: Int32Array;
  /** (networks, rows, outputs), where a network learns from probabilities; else 0. */
  readonly soft: Float32Array | null;
}

/** The rows of all networks in the order in which each sees them: a new one every epoch, by the network's seed alone. */
export class Batches {
  readonly #plan: TrainingPlan;
  readonly #orders: readonly SeededNumbers[];
  readonly #rows: number;
  #permutations: readonly Int32Array[] = [];

  constructor(plan: TrainingPlan) {
    this.#plan = plan;
    this.#orders = plan.networks.map(({ seed }) => new SeededNumbers(seed, 'order'));
    this.#rows = plan.splits[0]!.train.labels.length;
  }

  /** Batches an epoch; the last one may have fewer rows. */
  get count(): number {
    return Math.ceil(this.#rows / this.#plan.batchSize);
  }

  /** Shuffles all rows. */
  beginEpoch(): void {
    this.#permutations = this.#orders.map((numbers) => numbers.permutation(this.#rows));
  }

  /** Batch `index` of the epoch. */
  at(index: number): TrainingBatch {
    const { inputs, outputs, networks, splits, batchSize } = this.#plan;
    const first = index * batchSize;
    const rows = Math.min(batchSize, this.#rows - first);
    const features = new Float32Array(networks.length * rows * inputs);
    const labels = new Int32Array(networks.length * rows);
    const isSoft = splits.some(({ train }) => train.soft !== undefined);
    const soft = isSoft ? new Float32Array(networks.length * rows * outputs) : null;
    networks.forEach(({ split }, network) => {
      const { train } = splits[split]!;
      for (let i = 0; i < rows; i++) {
        const [row, into] = [this.#permutations[network]![first + i]!, network * rows + i];
        features.set(train.features.subarray(row * inputs, (row + 1) * inputs), into * inputs);
        labels[into] = train.labels[row]!;
        if (train.soft) soft!.set(train.soft.subarray(row * outputs, (row + 1) * outputs), into * outputs);
      }
    });
    return { rows, features, labels, soft };
  }
}
