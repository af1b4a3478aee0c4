// `npm run scale -- [ROWS CLASSES BLOCKS] [--rows]`: logits that no file holds, from a local Dask cluster to the figures of the panel.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchStore } from '../../src/engine/batches/batchStore.ts';
import { Compute } from '../../src/engine/measure/compute.ts';
import { measureCell } from '../../src/host/notebook/measure/measureCell.ts';
import { lossTotals, reducedLoss } from '../../src/loss/batch/reduction.ts';
import { totalsOfSums } from '../../src/loss/sums/batchSums.ts';
import { fitToSums } from '../../src/loss/sums/fitToSums.ts';
import { finish } from '../../src/loss/work.ts';
import { ROOT } from '../vscode/paths.ts';

const asked = process.argv.slice(2);
const [rows = 1_000_000, classes = 1_000, blocks = 250] = asked
  .filter((each) => each !== '--rows')
  .map(Number);
const scope = asked.includes('--rows') ? 'rows' : 'sums';
const PYTHON = process.platform === 'win32' ? 'python' : '/usr/bin/python3';
const ALPHA = 0.1;
const MOST_MEMORY = 1e9;
const MOST_OFF = 1e-9;

interface Facts {
  readonly seconds: number;
  /** Of the file, and what a worker sent at most, to the other one or the client. */
  readonly bytes: number;
  readonly sent: number;
  /** What a worker had at most. */
  readonly memory: number;
  readonly loss: number;
}

const folder = mkdtempSync(join(tmpdir(), 'scale-'));
try {
  const path = join(folder, 'measured.json');
  const program = join(ROOT, 'test', 'scale', 'scale.py');
  const { status, stdout } = spawnSync(PYTHON, [program, ...[rows, classes, blocks].map(String), path], {
    input: measureCell('Dask', { logits: undefined, targets: undefined }, scope),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('The cluster failed');
  const facts: Facts = JSON.parse(stdout);
  const bytes = new Uint8Array(readFileSync(path));
  const begun = performance.now();
  const store = new BatchStore(new Compute(undefined));
  const opened = finish(store.open(1, { input: { bytes }, origin: { line: 0, character: 0 }, view: {} }));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  const { stats, sums, measuredWith } = opened.value;
  const totals = sums ? totalsOfSums(sums, measuredWith) : lossTotals(stats);
  const loss = reducedLoss(totals, ALPHA, 'mean');
  const opening = (performance.now() - begun) / 1000;
  const fit = sums && fitToSums(sums);
  const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`;
  process.stdout.write(
    `${rows} × ${classes} logits in ${blocks} blocks, ${megabytes(4 * rows * classes)} as float32\n` +
      `measured in ${facts.seconds.toFixed(1)} s by 2 workers, at most ${megabytes(facts.memory)} each\n` +
      `${megabytes(facts.bytes)} came back, ${(facts.bytes / rows).toFixed(1)} bytes a row; opened in ${opening.toFixed(1)} s\n` +
      `a worker sent ${megabytes(facts.sent)}\n` +
      `loss ${loss}, ${Math.abs(loss - facts.loss).toExponential(1)} nats from F.cross_entropy\n` +
      (fit?.found === 'temperature' ? `T = ${fit.temperature.value} ± ${fit.temperature.within}\n` : ''),
  );
  if (facts.memory > MOST_MEMORY || !(Math.abs(loss - facts.loss) <= MOST_OFF)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
