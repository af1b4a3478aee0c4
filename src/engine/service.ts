import { createBirpc } from 'birpc';
import { computeLossWork } from '../loss/crossEntropy.ts';
import { LossError } from '../loss/errors.ts';
import { conventionUsers } from '../loss/frameworks/registry.ts';
import { specOf } from '../loss/frameworks/specOf.ts';
import { rowOf } from '../loss/layout.ts';
import { smoothingOf } from '../loss/smoothing.ts';
import { oneHot } from '../loss/targets.ts';
import { softFloorsWork } from '../loss/theory.ts';
import type { EngineEvents, EngineFunctions, RowDetail } from '../protocol/engine.ts';
import { failure, success } from '../readers/outcome.ts';
import { calibrateWork } from './calibrate.ts';
import { exportWork } from './export/exportWork.ts';
import { type HeldBatch, rowLogits } from './heldBatch.ts';
import { Jobs } from './jobs.ts';
import { Library } from './library.ts';
import { meanEntropyWork } from './meanEntropy.ts';
import type { Compute } from './measure/compute.ts';
import type { Transport } from './transport.ts';

/** The worker's side: answers whoever is on the other end of `transport`. */
export function serve(transport: Transport, compute: Compute): void {
  const library = new Library(compute);
  const jobs = new Jobs((job, fraction) => client.progress.asEvent(job, fraction));
  const functions: EngineFunctions = {
    open: (job, request) => jobs.run(job, library.openWork(request)),
    list: (job, request) => jobs.run(job, library.listWork(request)),
    view: (job, batch, view) => jobs.run(job, library.viewWork(batch, view)),
    row: async (batch, row) => rowDetail(library.held(batch), row),
    locate: async (batch, row) => library.locate(batch, row),
    floors: (job, batch, of) => {
      const { layout, targets, measuredWith } = library.held(batch);
      const { weight, ignoreIndex } = measuredWith;
      if (targets.kind !== 'soft') throw new Error('Floors of hard targets follow from their class');
      const smoothing = smoothingOf({ ...of, ignoreIndex }, layout.classes);
      return jobs.run(job, softFloorsWork({ layout, values: targets.values }, smoothing, weight));
    },
    export: (job, batch, format, spec) => jobs.run(job, exportWork(library.held(batch), format, spec)),
    calibrate: (job, batch) => jobs.run(job, calibrateWork(library.held(batch))),
    meanEntropy: (job, batch, temperature) =>
      jobs.run(job, meanEntropyWork(library.held(batch), temperature)),
    totals: (job, batch, change) => jobs.run(job, library.totalsWork(batch, change)),
    frameworks: async () => conventionUsers(),
    computeLoss: async (job, call) => {
      try {
        const input = { ...call, ...specOf(call) };
        const work = compute.scopedWork((measureWork) => computeLossWork(input, measureWork));
        return success(await jobs.run(job, work));
      } catch (error) {
        if (error instanceof LossError) return failure(error.problem);
        throw error;
      }
    },
    release: async (batch) => library.release(batch),
    cancel: async (job) => jobs.cancel(job),
  };
  const client = createBirpc<EngineEvents, EngineFunctions>(functions, {
    post: (message) => transport.post(message),
    on: (listener) => transport.listen(listener),
    eventNames: ['progress'],
    timeout: -1,
  });
}

function rowDetail(held: HeldBatch, row: number): RowDetail {
  const { layout, targets, measuredWith } = held;
  const logits = rowLogits(held, row);
  if (targets.kind === 'soft') return { row, logits, target: rowOf({ layout, values: targets.values }, row) };
  const index = targets.values[row]!;
  const target =
    index === measuredWith.ignoreIndex ? new Float64Array(logits.length) : oneHot(logits.length, index);
  return { row, logits, target };
}
