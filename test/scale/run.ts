// `npm run scale -- [ROWS CLASSES BLOCKS]`: logits that no file holds, from a local Dask cluster to the figures of the panel.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchStore } from '../../src/engine/batches/batchStore.ts';
import { Compute } from '../../src/engine/measure/compute.ts';
import { measureCell } from '../../src/host/notebook/measure/measureCell.ts';
import { rowLoss } from '../../src/loss/batch/reduction.ts';
import { Sum } from '../../src/loss/rows/pairwiseSum.ts';
import { finish } from '../../src/loss/work.ts';
import { ROOT } from '../vscode/paths.ts';

const [rows = 1_000_000, classes = 1_000, blocks = 250] = process.argv.slice(2).map(Number);
const PYTHON = process.platform === 'win32' ? 'python' : '/usr/bin/python3';
const ALPHA = 0.1;
const MOST_MEMORY = 1e9;

interface Facts {
  readonly seconds: number;
  readonly bytes: number;
  readonly memory: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly rowsOfBlock: number;
}

const folder = mkdtempSync(join(tmpdir(), 'scale-'));
try {
  const path = join(folder, 'rows.json');
  const program = join(ROOT, 'test', 'scale', 'scale.py');
  const args = [program, String(rows), String(classes), String(blocks), path];
  const cell = measureCell('Dask', { logits: undefined, targets: undefined });
  const { status, stdout } = spawnSync(PYTHON, args, {
    input: cell,
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
  const { stats } = opened.value;
  const opening = (performance.now() - begun) / 1000;
  let largest = 0;
  for (const [block, loss] of Object.entries(facts.losses)) {
    const sum = new Sum();
    const first = Number(block) * facts.rowsOfBlock;
    for (let row = first; row < first + facts.rowsOfBlock; row++) sum.add(rowLoss(stats, row, ALPHA));
    largest = Math.max(largest, Math.abs(sum.value / facts.rowsOfBlock - loss));
  }
  const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`;
  process.stdout.write(
    `${rows} × ${classes} logits in ${blocks} blocks, ${megabytes(4 * rows * classes)} as float32\n` +
      `measured in ${facts.seconds.toFixed(1)} s by 2 workers, at most ${megabytes(facts.memory)} each\n` +
      `${megabytes(facts.bytes)} came back, ${(facts.bytes / rows).toFixed(1)} bytes a row; opened in ${opening.toFixed(1)} s\n` +
      `at most ${largest.toExponential(1)} nats from F.cross_entropy\n`,
  );
  if (facts.memory > MOST_MEMORY || largest > 1e-9) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
