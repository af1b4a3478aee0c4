import { createBirpc } from 'birpc';
import { planProblem } from '../../lab/training/checkedPlan.ts';
import type { TrainingSnapshot } from '../../lab/training/trainer.ts';
import type { Work } from '../../loss/work.ts';
import type { TrainerEvents, TrainerFunctions } from '../../protocol/trainerChannel.ts';
import type { Transport } from '../client/workerTransport.ts';
import type { LossRows } from './lossRows.ts';
import { NetworksInTraining } from './networks/networksInTraining.ts';
import { PacedReports } from './pacedReports.ts';
import { startTfjs } from './tfjs/startTfjs.ts';

/** How long the worker trains before it looks at its messages. */
const SLICE_MS = 40;

interface Run {
  readonly networks: NetworksInTraining;
  readonly reports: PacedReports;
  isTraining: boolean;
  isReleased: boolean;
}

/** The worker's side: trains for whoever is on the other end of `transport`. */
export function serveTraining(transport: Transport): void {
  const runs = new Map<number, Run>();
  let rows: LossRows | undefined;
  const of = (run: number): Run => {
    const found = runs.get(run);
    if (!found) throw new Error(`There is no run ${run}`);
    return found;
  };
  const functions: TrainerFunctions = {
    async load(parts) {
      const started = await startTfjs(parts);
      rows = started.rows;
      return started.backend;
    },
    async begin(run, plan) {
      if (!rows) throw new Error('Nothing trains before it is loaded');
      const problem = planProblem(plan);
      if (problem) return problem;
      const reports = new PacedReports(
        (progress) => void client.progress.asEvent(run, progress),
        (snapshots) => void client.snapshots.asEvent(run, snapshots),
      );
      const tell = (snapshot: TrainingSnapshot) => reports.add(snapshot);
      runs.set(run, {
        networks: new NetworksInTraining(plan, rows, tell),
        reports,
        isTraining: false,
        isReleased: false,
      });
      return null;
    },
    async goOn(run, without) {
      const training = of(run);
      if (training.isTraining) throw new Error(`Run ${run} trains already`);
      const { networks, reports } = training;
      const { epochs } = networks.plan;
      training.isTraining = true;
      try {
        reports.resume(networks.progress);
        return await inSlices(training, networks.train(new Set(without)), () =>
          reports.tick(networks.progress, epochs),
        );
      } finally {
        training.isTraining = false;
        if (!training.isReleased) reports.flush(networks.progress, epochs);
      }
    },
    pause: async (run) => runs.get(run)?.networks.pause(),
    logits: (run, features, count) => inSlices(of(run), of(run).networks.logits(features, count), () => {}),
    parameters: async (run) => of(run).networks.parameters(),
    async release(run) {
      const released = runs.get(run);
      if (!released) return;
      runs.delete(run);
      released.isReleased = true;
      released.networks.dispose();
    },
  };
  const client = createBirpc<TrainerEvents, TrainerFunctions>(functions, {
    post: (message) => transport.post(message),
    on: (listener) => transport.listen(listener),
    timeout: -1,
  });
}

async function inSlices<T>(run: Run, work: Work<T>, tick: () => void): Promise<T> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    tick();
    await new Promise((resolve) => setTimeout(resolve));
    if (run.isReleased) throw new Error('Released');
    sliceEnd = performance.now() + SLICE_MS;
  }
}
