import { createBirpc } from 'birpc';
import { computeLossWork } from '../loss/crossEntropy.ts';
import { LossError } from '../loss/errors.ts';
import { conventionUsers } from '../loss/frameworks/registry.ts';
import { specOf } from '../loss/frameworks/specOf.ts';
import { rowOf } from '../loss/layout.ts';
import { smoothingOf } from '../loss/smoothing.ts';
import { ignoredTarget, oneHot } from '../loss/targets.ts';
import { softFloorsWork } from '../loss/theory.ts';
import type { Work } from '../loss/work.ts';
import type { EngineEvents, EngineFunctions, RowDetail, SmoothingChoice } from '../protocol/engine.ts';
import { failure, success } from '../readers/outcome.ts';
import { calibrateWork } from './calibrate.ts';
import { exportWork } from './export/exportWork.ts';
import { type HeldBatch, rowLogits, totalsWork } from './heldBatch.ts';
import { Jobs } from './jobs.ts';
import { OutOfKernelMemory } from './kernel/memory.ts';
import { Library } from './library.ts';
import { meanEntropyWork } from './meanEntropy.ts';
import type { Compute } from './measure/compute.ts';
import { fileProblemOf } from './measure/rowsFile.ts';
import type { Transport } from './transport.ts';

/** The worker's side: answers whoever is on the other end of `transport`. */
export function serve(transport: Transport, compute: Compute): void {
  const library = new Library(compute);
  const jobs = new Jobs((job, fraction) => client.progress.asEvent(job, fraction));
  /** A question about a batch. One whose file isn't what it was any more, or is gone, is no longer open. */
  const about = async <T>(batch: number, answer: () => T | Promise<T>): Promise<T> => {
    try {
      return await answer();
    } catch (error) {
      const problem = fileProblemOf(error);
      if (problem) {
        library.release(batch);
        void client.lost.asEvent(batch, problem);
      }
      throw error;
    }
  };
  const jobAbout = <T>(job: number, batch: number, work: (held: HeldBatch) => Work<T>): Promise<T> =>
    about(batch, () => jobs.run(job, library.withHeldWork(batch, work)));
  const functions: EngineFunctions = {
    open: (job, request) => jobs.run(job, library.openWork(job, request)),
    list: (job, request) => jobs.run(job, library.listWork(request)),
    view: (job, batch, view) => about(batch, () => jobs.run(job, library.viewWork(batch, view))),
    row: (batch, row) => about(batch, () => rowDetail(library.held(batch), row)),
    locate: async (batch, row) => library.locate(batch, row),
    floors: (job, batch, of) => jobAbout(job, batch, (held) => floorsWork(held, of)),
    export: (job, batch, format, spec) => jobAbout(job, batch, (held) => exportWork(held, format, spec)),
    calibrate: (job, batch) => jobAbout(job, batch, calibrateWork),
    meanEntropy: (job, batch, temperature) =>
      jobAbout(job, batch, (held) => meanEntropyWork(held, temperature)),
    totals: (job, batch, change) => jobAbout(job, batch, (held) => totalsWork(compute, held, change)),
    frameworks: async () => conventionUsers(),
    computeLoss: async (job, call) => {
      try {
        const input = { ...call, ...specOf(call) };
        const work = compute.scopedWork((measureWork) => computeLossWork(input, measureWork));
        return success(await jobs.run(job, work));
      } catch (error) {
        if (error instanceof LossError) return failure(error.problem);
        if (error instanceof OutOfKernelMemory)
          return failure({ reason: 'too-large', argument: 'logits', shape: call.logits.shape });
        throw error;
      }
    },
    release: async (batch) => library.release(batch),
    cancel: async (job) => jobs.cancel(job),
  };
  const client = createBirpc<EngineEvents, EngineFunctions>(functions, {
    post: (message) => transport.post(message),
    on: (listener) => transport.listen(listener),
    eventNames: ['progress', 'lost'],
    timeout: -1,
  });
}

function floorsWork({ layout, targets, measuredWith }: HeldBatch, of: SmoothingChoice): Work<Float64Array> {
  const { weight, ignoreIndex } = measuredWith;
  if (targets.kind !== 'soft') throw new Error('Floors of hard targets follow from their class');
  const smoothing = smoothingOf({ ...of, ignoreIndex }, layout.classes);
  return softFloorsWork({ layout, values: targets.values }, smoothing, weight);
}

function rowDetail(held: HeldBatch, row: number): RowDetail {
  const { layout, targets, measuredWith } = held;
  const logits = rowLogits(held, row);
  if (targets.kind === 'soft') return { row, logits, target: rowOf({ layout, values: targets.values }, row) };
  const index = targets.values[row]!;
  const target =
    index === ignoredTarget(measuredWith.ignoreIndex)
      ? new Float64Array(logits.length)
      : oneHot(logits.length, index);
  return { row, logits, target };
}
