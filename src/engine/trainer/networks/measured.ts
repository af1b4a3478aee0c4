import { FIGURES } from '../../../lab/measure/labFigures.ts';
import { networkFiguresOf } from '../../../lab/measure/networkFigures.ts';
import { planePicture } from '../../../lab/measure/plane.ts';
import type { PlanePoints, TrainingSnapshot } from '../../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../../lab/training/trainingPlan.ts';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { probabilities } from '../../../loss/rows/softmax.ts';
import type { Work } from '../../../loss/work.ts';
import { lossOf } from '../forwardPass.ts';
import type { LossRows } from '../lossRows.ts';
import type { BatchedNetworks } from './batchedNetworks.ts';
import { specOfTraining } from './lossGroups.ts';

/** Measures all networks as they are, one after the other. */
export function* measured(
  plan: TrainingPlan,
  networks: BatchedNetworks,
  rows: LossRows,
  epoch: number,
): Work<TrainingSnapshot> {
  const { pictures, outputs } = plan;
  const figures = new Float64Array(plan.networks.length * FIGURES.length);
  const points = pictures.probe ? pictures.probe.length / plan.inputs : 0;
  const probe = pictures.probe ? new Float32Array(plan.networks.length * points * outputs) : null;
  const planes: PlanePoints[] = [];
  for (const [network, { split, loss }] of plan.networks.entries()) {
    yield network / plan.networks.length;
    const own = plan.splits[split]!;
    const [train, validation, test] = [own.train, own.validation, own.test].map(({ features }) =>
      networks.ask(network, features),
    );
    const width = plan.hidden.at(-1);
    const lastWeights = networks.lastWeights(network);
    const activations = width !== undefined && {
      train: { values: train!.activations!, width },
      test: { values: test!.activations ?? new Float32Array(0), width },
    };
    const said = {
      outputs,
      train: train!.logits,
      validation: validation!.logits,
      test: test!.logits,
      activations: activations || null,
      lastWeights,
      loss: trainingLoss(plan, network, train!.logits, rows),
    };
    figures.set(networkFiguresOf(said, own, loss), network * FIGURES.length);
    if (pictures.plane && activations) {
      const triple = pictures.plane;
      const picture = (set: 'train' | 'test') =>
        planePicture(activations[set], own[set].labels, lastWeights, said[set], outputs, triple);
      planes.push({ train: picture('train'), test: picture('test') });
    }
    if (pictures.probe)
      probe!.set(
        probed(networks.ask(network, pictures.probe).logits, plan, network),
        network * points * outputs,
      );
  }
  return { epoch, figures, planes, probe };
}

/** The probabilities of a network that says these logits: (points, outputs). */
function probed(logits: Float32Array, { networks, outputs }: TrainingPlan, network: number): Float32Array {
  const { activation } = CONVENTIONS[networks[network]!.loss.convention];
  const all = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += outputs)
    all.set(probabilities(Float64Array.from(logits.subarray(at, at + outputs)), activation), at);
  return all;
}

/** The mean loss of a network's training rows, in nats: of the same op as in training. */
export function trainingLoss(
  plan: TrainingPlan,
  network: number,
  logits: Float32Array,
  rows: LossRows,
): number {
  const { split, loss } = plan.networks[network]!;
  const { labels, soft } = plan.splits[split]!.train;
  const shape = [labels.length, plan.outputs];
  const { temperature } = loss;
  const data = temperature === 1 ? logits : logits.map((z) => z / temperature);
  const targets = soft ? { data: soft, shape } : { data: labels, shape: [labels.length] };
  const [value] = lossOf({ data, shape }, targets, { ...specOfTraining(loss), reduction: 'mean' }, rows);
  return temperature ** 2 * value!;
}
