import { SeededNumbers } from '../../../lab/random/seededNumbers.ts';
import type { TrainingPlan } from '../../../lab/training/trainingPlan.ts';

/** The weights or biases of one layer of all networks: (networks, …shape), one network after the other. */
export interface LayerValues {
  readonly name: string;
  readonly shape: readonly [networks: number, inputs: number, outputs: number];
  readonly values: Float32Array;
}

/**
 * Weights (networks, inputs, outputs) and biases (networks, 1, outputs) of every layer before the first step, uniform in ±1/√inputs,
 * PyTorch's default. A network's numbers follow from its seed alone: they don't depend on which others are trained beside it.
 */
export function initialWeights({ inputs, hidden, outputs, networks }: TrainingPlan): LayerValues[] {
  const widths = [inputs, ...hidden, outputs];
  const streams = networks.map(({ seed }) => new SeededNumbers(seed, 'weights'));
  return widths.slice(1).flatMap((width, layer) => {
    const fanIn = widths[layer]!;
    const bound = 1 / Math.sqrt(fanIn);
    const draw = (name: string, rows: number): LayerValues => {
      const values = new Float32Array(networks.length * rows * width);
      streams.forEach((numbers, network) => {
        const start = network * rows * width;
        for (let i = 0; i < rows * width; i++) values[start + i] = bound * (2 * numbers.uniform() - 1);
      });
      return { name, shape: [networks.length, rows, width], values };
    };
    return [draw(`weights${layer}`, fanIn), draw(`biases${layer}`, 1)];
  });
}
