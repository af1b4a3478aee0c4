import { createBirpc } from 'birpc';
import { conventionUsers } from '../frameworks/catalogue.ts';
import { NamingError } from '../frameworks/namingErrors.ts';
import { specOf } from '../frameworks/specOf.ts';
import { computeLossInSteps } from '../loss/batch/crossEntropy.ts';
import { smoothingOf } from '../loss/conventions/smoothing.ts';
import { LossError } from '../loss/lossErrors.ts';
import { rowOf } from '../loss/rows/rowLayout.ts';
import { ignoredTarget, oneHot } from '../loss/rows/targets.ts';
import type { sumSoftFloors } from '../loss/theory/floors.ts';
import type { Work } from '../loss/work.ts';
import type { EngineEvents, EngineFunctions, RowDetail, SmoothingChoice } from '../protocol/engineChannel.ts';
import { failure, success } from '../readers/outcome.ts';
import { BatchStore } from './batches/batchStore.ts';
import { Jobs } from './batches/jobs.ts';
import { type MeasuredBatch, rowLogits, totalsUnder } from './batches/measuredBatch.ts';
import { logitsOf } from './batches/needsLogits.ts';
import type { Transport } from './client/workerTransport.ts';
import { exportBatch } from './export/exportBatch.ts';
import { OutOfKernelMemory } from './kernel/kernelMemory.ts';
import { NO_LIBRARIES } from './libraries/libraries.ts';
import type { Compute } from './measure/compute.ts';
import { fileProblemOf } from './measure/rowsFile.ts';
import { calibrate } from './questions/calibrate.ts';
import { meanEntropy } from './questions/meanEntropy.ts';

/** The worker's side: answers whoever is on the other end of `transport`. */
export function serve(transport: Transport, compute: Compute, libraries = NO_LIBRARIES): void {
  const store = new BatchStore(compute, libraries);
  const jobs = new Jobs((job, fraction) => client.progress.asEvent(job, fraction));
  /** A question about a batch. If its file has changed or is gone, the batch is closed. */
  const about = async <T>(batch: number, answer: () => T | Promise<T>): Promise<T> => {
    try {
      return await answer();
    } catch (error) {
      const problem = fileProblemOf(error);
      if (problem) {
        store.release(batch);
        void client.lost.asEvent(batch, problem);
      }
      throw error;
    }
  };
  const softFloors: typeof sumSoftFloors = (...question) => compute.floors(...question);
  const jobAbout = <T>(job: number, batch: number, work: (measured: MeasuredBatch) => Work<T>): Promise<T> =>
    about(batch, () => jobs.run(job, store.withBatch(batch, work)));
  const functions: EngineFunctions = {
    open: (job, request) => jobs.run(job, store.open(job, request)),
    list: (job, request) => jobs.run(job, store.list(request)),
    members: (job, batch) => about(batch, () => jobs.run(job, store.members(batch))),
    overview: (job, request) => jobs.run(job, store.overview(request)),
    read: (job, request) => jobs.run(job, store.read(request)),
    sample: (job, request, mostBytes) => jobs.run(job, store.sample(request, mostBytes)),
    features: (job, request) => jobs.run(job, store.features(request)),
    view: (job, batch, view) => about(batch, () => jobs.run(job, store.changeView(batch, view))),
    attachTargets: (job, batch, targets, view) =>
      about(batch, () => jobs.run(job, store.attachTargets(batch, targets, view))),
    row: (batch, row) => about(batch, () => rowDetail(store.held(batch), row)),
    locate: async (batch, row) => store.locate(batch, row),
    floors: (job, batch, of) => jobAbout(job, batch, (measured) => floorsOf(compute, measured, of)),
    export: (job, batch, format, spec) =>
      jobAbout(job, batch, (measured) => exportBatch(measured, format, spec, softFloors)),
    calibrate: (job, batch) => jobAbout(job, batch, (measured) => calibrate(compute, measured)),
    meanEntropy: (job, batch, temperature) =>
      jobAbout(job, batch, (measured) =>
        meanEntropy(compute, { ...measured, source: logitsOf(measured.source) }, temperature),
      ),
    totals: (job, batch, change) =>
      jobAbout(job, batch, (measured) => totalsUnder(compute, measured, change)),
    frameworks: async () => conventionUsers(),
    computeLoss: async (job, call) => {
      try {
        const input = { ...call, ...specOf(call) };
        const work = compute.inScope((measure) => computeLossInSteps(input, measure));
        return success(await jobs.run(job, work));
      } catch (error) {
        if (error instanceof LossError || error instanceof NamingError) return failure(error.problem);
        if (error instanceof OutOfKernelMemory)
          return failure({ reason: 'too-large', argument: 'logits', shape: call.logits.shape });
        throw error;
      }
    },
    library: async (name, script) => libraries.add(name, script),
    release: async (batch) => store.release(batch),
    cancel: async (job) => jobs.cancel(job),
  };
  const client = createBirpc<EngineEvents, EngineFunctions>(functions, {
    post: (message) => transport.post(message),
    on: (listener) => transport.listen(listener),
    eventNames: ['progress', 'lost'],
    timeout: -1,
  });
}

function floorsOf(
  compute: Compute,
  { layout, targets, measuredWith }: MeasuredBatch,
  of: SmoothingChoice,
): Work<Float64Array> {
  const { weight, ignoreIndex } = measuredWith;
  if (targets.kind !== 'soft') throw new Error('Floors of hard targets follow from their class');
  const smoothing = smoothingOf({ ...of, ignoreIndex }, layout.classes);
  return compute.floors({ layout, values: targets.values }, smoothing, weight);
}

function rowDetail(measured: MeasuredBatch, row: number): RowDetail {
  const { layout, targets, measuredWith } = measured;
  const logits = rowLogits(measured, row);
  if (targets.kind === 'soft') return { row, logits, target: rowOf({ layout, values: targets.values }, row) };
  const index = targets.values[row]!;
  const target =
    index === ignoredTarget(measuredWith.ignoreIndex)
      ? new Float64Array(logits.length)
      : oneHot(logits.length, index);
  return { row, logits, target };
}
