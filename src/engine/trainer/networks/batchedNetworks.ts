import {
  add,
  matMul,
  relu,
  reshape,
  slice,
  type Tensor,
  type Tensor3D,
  tensor,
  tensor2d,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import type { Parameters } from '../../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../../lab/training/trainingPlan.ts';
import { initialWeights } from './initialWeights.ts';

interface Layer {
  readonly weights: Variable;
  readonly biases: Variable;
}

/** What one network says of rows. */
export interface SaidOfRows {
  /** (rows, outputs) */
  readonly logits: Float32Array;
  /** (rows, width) of the last hidden layer after its ReLU; null without one. */
  readonly activations: Float32Array | null;
}

/** The networks of a plan as one graph: a layer is one product (networks, rows, inputs) × (networks, inputs, outputs). */
export class BatchedNetworks {
  readonly #layers: readonly Layer[];
  readonly #names: readonly string[];
  readonly #inputs: number;

  constructor(plan: TrainingPlan) {
    const values = initialWeights(plan);
    const variables = values.map(({ shape, values: numbers }) =>
      tidy(() => variable(tensor(numbers, [...shape]))),
    );
    this.#names = values.map(({ name }) => name);
    this.#inputs = plan.inputs;
    this.#layers = Array.from({ length: values.length / 2 }, (_, i) => ({
      weights: variables[2 * i]!,
      biases: variables[2 * i + 1]!,
    }));
  }

  /** Weights and biases, layer by layer. */
  get variables(): Variable[] {
    return this.#layers.flatMap(({ weights, biases }) => [weights, biases]);
  }

  /** (networks, rows, inputs) → logits (networks, rows, outputs). */
  forward(x: Tensor3D): Tensor3D {
    return this.#layers.reduce<Tensor>((below, { weights, biases }, i) => {
      const sums = add(matMul(below, weights), biases);
      return i === this.#layers.length - 1 ? sums : relu(sums);
    }, x) as Tensor3D;
  }

  /** One network alone: products of two matrices are much faster here than those of the graph, which are needed for gradients. */
  ask(network: number, features: Float32Array): SaidOfRows {
    const rows = features.length / this.#inputs;
    if (rows === 0) return { logits: new Float32Array(0), activations: null };
    let logits: Float32Array = new Float32Array(0);
    let activations: Float32Array | null = null;
    // Nothing is handed back: tidy would search it for tensors, number by number.
    tidy(() => {
      const said = this.#layers.reduce<Tensor>(
        (below, { weights, biases }, i) => {
          const sums = add(matMul(below, matrixOf(weights, network)), matrixOf(biases, network));
          if (i === this.#layers.length - 1) return sums;
          const rectified = relu(sums);
          if (i === this.#layers.length - 2) activations = numbersOf(rectified);
          return rectified;
        },
        tensor2d(features, [rows, this.#inputs]),
      );
      logits = numbersOf(said);
    });
    return { logits, activations };
  }

  /** (width of the last hidden layer, outputs) of one network. */
  lastWeights(network: number): Float32Array {
    const { weights } = this.#layers.at(-1)!;
    const [, width, outputs] = weights.shape as [number, number, number];
    return weights.dataSync<'float32'>().slice(network * width * outputs, (network + 1) * width * outputs);
  }

  /** A copy of everything that is learnt. */
  parameters(): Parameters[] {
    return this.variables.map((each, i) => ({
      name: this.#names[i]!,
      shape: each.shape,
      values: numbersOf(each),
    }));
  }

  dispose(): void {
    for (const each of this.variables) each.dispose();
  }
}

function numbersOf(of: Tensor): Float32Array {
  return of.dataSync<'float32'>().slice();
}

/** Network `network` of (networks, rows, columns): (rows, columns). */
function matrixOf(all: Tensor, network: number): Tensor {
  const [, rows, columns] = all.shape as [number, number, number];
  return reshape(slice(all, [network, 0, 0], [1, rows, columns]), [rows, columns]);
}
