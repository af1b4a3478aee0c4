import {
  engine,
  type GradFunc,
  getKernel,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerGradient,
  registerKernel,
  type Tensor,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { LossSpec } from '../../loss/lossSpec.ts';
import { gradientUpstream, lossOf, rowsOf, targetsOf } from './forwardPass.ts';
import type { LossRows } from './lossRows.ts';
import { STORES, type TensorStore } from './tensorStores.ts';

/** The loss, reduced: logits (…, K), labels → () or (…). Has a gradient. */
export const LOSS = 'SmoothedCrossEntropy';
/** What its gradient is computed by: logits, labels, dy → (…, K). Has none itself. */
const LOSS_GRADIENT = 'SmoothedCrossEntropyGrad';
/** Runs one of the kernels above on the backend in use. tfjs hands attributes on as they are. */
export function run(name: string, inputs: Record<string, Tensor>, spec: LossSpec): Tensor[] {
  const outputs: Tensor | Tensor[] = engine().runKernel(name, inputs, { spec } as unknown as NamedAttrMap);
  return [outputs].flat();
}

/** Registers the op and its gradient for tfjs's cpu and wasm backends, computed by `rows`. It takes the place of one registered before. */
export function registerOp(rows: LossRows): void {
  for (const [backendName, storeOf] of Object.entries(STORES)) {
    const register = (kernelName: string, kernel: Kernel) => {
      if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName);
      const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) =>
        kernel(storeOf(backend), inputs, specOfAttrs(attrs), rows);
      registerKernel({ kernelName, backendName, kernelFunc });
    };
    register(LOSS, lossKernel);
    register(LOSS_GRADIENT, gradientKernel);
  }
  registerGradient({ kernelName: LOSS, inputsToSave: ['logits', 'labels'], gradFunc: lossGradient });
}

function specOfAttrs(attrs: NamedAttrMap | undefined): LossSpec {
  return (attrs as unknown as { readonly spec: LossSpec }).spec;
}

type Kernel = (
  store: TensorStore,
  inputs: NamedTensorInfoMap,
  spec: LossSpec,
  rows: LossRows,
) => ReturnType<KernelFunc>;

const lossKernel: Kernel = (store, inputs, spec, rows) => {
  const { logits, labels } = inputs;
  const [values, targets] = store.read([logits!, labels!]);
  const loss = lossOf(
    { data: values as Float32Array, shape: logits!.shape },
    { data: targets!, shape: labels!.shape },
    spec,
    rows,
  );
  const shape = spec.reduction === 'none' ? logits!.shape.slice(0, -1) : [];
  return store.keep(shape, loss);
};

const gradientKernel: Kernel = (store, inputs, spec, rows) => {
  const { logits, labels, dy } = inputs;
  const gradient = store.empty(logits!.shape);
  const [values, labelValues, dyValues, into] = store.read([logits!, labels!, dy!, gradient]);
  const { ignoreIndex } = spec;
  const targets = targetsOf({ data: labelValues!, shape: labels!.shape }, logits!.shape, ignoreIndex);
  const of = rowsOf(values as Float32Array, logits!.shape);
  const upstream = gradientUpstream(of, targets, spec, dyValues as Float32Array);
  rows.gradient({ rows: of, targets, spec, upstream }, into as Float32Array);
  return gradient;
};

const lossGradient: GradFunc = (dy, saved, attrs) => ({
  logits: () => {
    const [logits, labels] = saved;
    return run(
      LOSS_GRADIENT,
      { logits: logits!, labels: labels!, dy: [dy].flat()[0]! },
      specOfAttrs(attrs),
    )[0]!;
  },
  labels: () => {
    throw new Error(
      'The smoothed cross-entropy has a gradient with respect to its logits only, not its labels',
    );
  },
});
