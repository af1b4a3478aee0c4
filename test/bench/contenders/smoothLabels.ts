import { join } from 'node:path';
import { BUILDS, SHARED } from '../../../src/engine/kernel/builds.node.ts';
import { Compute, startKernel } from '../../../src/engine/measure/compute.ts';
import { NodeThreads } from '../../../src/engine/measure/threads.node.ts';
import type { Threads } from '../../../src/engine/measure/threads.ts';
import { lossOfRows } from '../../../src/loss/batch/lossTerms.ts';
import { reducedLoss } from '../../../src/loss/batch/reduction.ts';
import { uniformSmoothing } from '../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import type { RowStats } from '../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../src/loss/work.ts';
import { GradientPass } from './gradientPass.ts';
import { ALPHA, fillWithLogits, randomTargets } from './logits.ts';
import type { Request } from './protocol.ts';
import { questionsAbout } from './questions.ts';
import { serve, timed } from './serve.ts';

/** How many changes of α are timed at once: one takes less than the clock can tell. */
const CHANGES = 1000;

/** Measures logits that are in the kernel's memory, as the engine does. */
function startServing(rows: number, classes: number): void {
  const helpers = new NodeThreads(join(__dirname, 'helper.cjs'));
  let most = 0;
  const threads: Threads = {
    get most() {
      return most;
    },
    start: (task, rooms) => helpers.start(task, rooms),
  };
  const kernel = startKernel(BUILDS, SHARED, threads);
  if (kernel === undefined) throw new Error('This Node has no WASM SIMD');
  const compute = new Compute(kernel);
  const values = kernel.memory.floats(kernel.memory.allocate(4 * rows * classes), rows * classes);
  fillWithLogits(values);
  const layout = { rows, classes, inner: 1 };
  const targets = { kind: 'indices', values: randomTargets(rows, classes) } as const;
  let stats: RowStats | undefined;
  let gradient: GradientPass | undefined;
  let questions: ReturnType<typeof questionsAbout> | undefined;

  const measured = () => {
    if (stats) compute.releaseStats(stats);
    stats = finish(compute.measure({ values, layout }, targets, DEFAULT_SPEC));
    return reducedLoss(compute.totals(stats), ALPHA, 'mean');
  };
  const moveAlpha = (atOnce: number, lossAt: (alpha: number) => number) => {
    const { ms, value } = timed(() => {
      let sum = 0;
      for (let i = 0; i < atOnce; i++) sum += lossAt(ALPHA + i / CHANGES);
      return sum;
    });
    return { ms: ms / atOnce, loss: value / atOnce };
  };
  void serve({ versions: {}, missing: {} }, ({ task, threads: wanted, question }: Request) => {
    most = wanted - 1;
    if (task === 'loss') {
      const { ms, value } = timed(measured);
      return { ms, loss: value };
    }
    if (task === 'question') {
      questions ??= questionsAbout(compute, values, layout);
      const { ms, value } = timed(questions[question!]);
      return { ms, loss: value };
    }
    if (task === 'gradient') {
      gradient ??= new GradientPass(kernel.memory, values, layout, targets.values);
      const pass = gradient;
      const { ms, value } = timed(() => {
        const loss = measured();
        pass.run(ALPHA);
        return loss;
      });
      return { ms, loss: value };
    }
    if (stats === undefined) measured();
    const held = stats!;
    const totals = compute.totals(held);
    if (task === 'alpha-mean') return moveAlpha(CHANGES, (alpha) => reducedLoss(totals, alpha, 'mean'));
    return moveAlpha(
      1,
      (alpha) => lossOfRows(held, { smoothing: uniformSmoothing(alpha, held.classes), constant: 0 })[0]!,
    );
  });
}

startServing(Number(process.argv[2]), Number(process.argv[3]));
