import { type Optimizer, tensor3d, tidy, variableGrads } from '@tensorflow/tfjs-core';
import type { Parameters, TrainingSnapshot, TrainingState } from '../../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../../lab/training/trainingPlan.ts';
import type { Work } from '../../../loss/work.ts';
import type { LossRows } from '../lossRows.ts';
import { BatchedNetworks } from './batchedNetworks.ts';
import { Batches, type TrainingBatch } from './batches.ts';
import { lossGroups, summedLoss } from './lossGroups.ts';
import { measured, trainingLoss } from './measured.ts';
import { decayed, optimizerOf } from './optimizer.ts';

/** The networks of a plan, an epoch after the other. What follows depends on the plan alone, however often it's interrupted. */
export class NetworksInTraining {
  readonly plan: TrainingPlan;
  readonly #networks: BatchedNetworks;
  readonly #optimizer: Optimizer;
  readonly #batches: Batches;
  readonly #groups: ReturnType<typeof lossGroups>;
  readonly #rows: LossRows;
  readonly #snapshots: (snapshot: TrainingSnapshot) => void;
  #epoch = 0;
  #step = 0;
  #measuredEpoch = -1;
  #isPausing = false;

  /** `rows` is what the op was registered with; `snapshots` hears of each epoch that is measured, once. */
  constructor(plan: TrainingPlan, rows: LossRows, snapshots: (snapshot: TrainingSnapshot) => void) {
    this.plan = plan;
    this.#networks = new BatchedNetworks(plan);
    this.#optimizer = optimizerOf(plan.optimizer);
    this.#batches = new Batches(plan);
    this.#groups = lossGroups(plan);
    this.#rows = rows;
    this.#snapshots = snapshots;
  }

  /** Epochs done, with the fraction of the one that's running. */
  get progress(): number {
    return this.#epoch + this.#step / this.#batches.count;
  }

  pause(): void {
    this.#isPausing = true;
  }

  /** Trains until one of the reasons in TrainingState; yields after each step the fraction done. Networks in `without` may break. */
  *train(without: ReadonlySet<number>): Work<TrainingState> {
    const { epochs, marks } = this.plan;
    this.#isPausing = false;
    while (this.#epoch < epochs) {
      if (this.#epoch === 0 && marks.includes(0)) yield* this.#measure();
      this.#batches.beginEpoch();
      let isSound = true;
      while (this.#step < this.#batches.count) {
        isSound = Number.isFinite(this.#learn(this.#batches.at(this.#step))) && isSound;
        this.#step++;
        yield this.progress / epochs;
      }
      this.#step = 0;
      this.#epoch++;
      const broken = isSound ? [] : this.#broken().filter((network) => !without.has(network));
      const mustStop = broken.length > 0 || (this.#isPausing && this.#epoch < epochs);
      if (mustStop || this.#epoch === epochs || marks.includes(this.#epoch)) yield* this.#measure();
      if (broken.length > 0) return { kind: 'broken', epoch: this.#epoch, networks: broken };
      if (mustStop) return { kind: 'paused', epoch: this.#epoch };
    }
    return { kind: 'finished', epoch: this.#epoch };
  }

  /** (networks, rows, outputs) for (rows, inputs), which are the same for all networks or one after the other for each. */
  *logits(features: Float32Array, rows: number): Work<Float32Array> {
    const { inputs, outputs, networks } = this.plan;
    const own = rows * inputs;
    const all = new Float32Array(networks.length * rows * outputs);
    for (let network = 0; network < networks.length; network++) {
      yield network / networks.length;
      const start = features.length === own ? 0 : network * own;
      all.set(
        this.#networks.ask(network, features.subarray(start, start + own)).logits,
        network * rows * outputs,
      );
    }
    return all;
  }

  parameters(): Parameters[] {
    return this.#networks.parameters();
  }

  dispose(): void {
    this.#networks.dispose();
    this.#optimizer.dispose();
  }

  /** One step of every network; the sum of their losses before it. */
  #learn(batch: TrainingBatch): number {
    const { networks, inputs } = this.plan;
    const variables = this.#networks.variables;
    return tidy(() => {
      const x = tensor3d(batch.features, [networks.length, batch.rows, inputs]);
      const { value, grads } = variableGrads(
        () => summedLoss(this.#networks.forward(x), batch, this.#groups),
        variables,
      );
      this.#optimizer.applyGradients(decayed(grads, variables, this.plan.weightDecay));
      return value.dataSync<'float32'>()[0]!;
    });
  }

  *#measure(): Work<void> {
    // After a pause at a mark it has been measured already.
    if (this.#measuredEpoch === this.#epoch) return;
    const work = measured(this.plan, this.#networks, this.#rows, this.#epoch);
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) {
        this.#measuredEpoch = this.#epoch;
        this.#snapshots(step.value);
        return;
      }
      yield this.progress / this.plan.epochs;
    }
  }

  /** The networks whose loss over their training rows isn't a finite number. */
  #broken(): number[] {
    const { networks, splits } = this.plan;
    return [...networks.keys()].filter((network) => {
      const { features } = splits[networks[network]!.split]!.train;
      const { logits } = this.#networks.ask(network, features);
      return !Number.isFinite(trainingLoss(this.plan, network, logits, this.#rows));
    });
  }
}
