import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from '../../vscode/processTree.ts';
import { fillWithLogits, PERIOD } from '../contenders/logits.ts';
import { median } from '../interleaved.ts';
import type { Shape } from '../options.ts';
import type { IngestResult } from '../report.ts';
import { CannotRun, takeTurns } from '../turns.ts';

/** Whole processes, from their start to their end. */
export async function measureNpy(
  shape: Shape,
  program: string,
  python: string | undefined,
  threadCounts: readonly number[],
  rounds: number,
  patienceMs: number,
): Promise<{ readonly results: IngestResult[]; readonly notes: string[] }> {
  const file = writeLogits(shape);
  const megabytes = (4 * shape[0] * shape[1]) / 1e6;
  const losses = new Map<string, number>();
  const entrant = (
    contender: IngestResult['contender'],
    threads: number,
    command: string,
    script: string,
  ) => ({
    name: contender,
    threads,
    async run() {
      const start = performance.now();
      const loss = Number(await outputOf(command, [script, file, String(threads)]));
      const ms = performance.now() - start;
      losses.set(contender, loss);
      return ms;
    },
  });
  const entrants = threadCounts.map((threads) =>
    entrant('smooth-labels', threads, process.execPath, program),
  );
  const script = join(import.meta.dirname, 'npyRows.py');
  if (python !== undefined) entrants.push(entrant('torch-eager', threadCounts.at(-1)!, python, script));
  const { times, failed } = await takeTurns(entrants, rounds, patienceMs);
  const [ours, theirs] = [losses.get('smooth-labels'), losses.get('torch-eager')];
  if (ours !== undefined && theirs !== undefined && Math.abs(ours / theirs - 1) > 1e-5)
    throw new Error(`The mean loss of ${file} is ${ours} here, ${theirs} in PyTorch`);
  return {
    results: [...times].map(([{ name, threads }, taken]) => ({
      input: 'npy',
      contender: name,
      shape,
      megabytes,
      threads,
      medianMs: median(taken),
    })),
    notes: [...failed].map(([{ name }, reason]) => `.npy, ${name}: ${reason}`),
  };
}

/**
 * A .npy file of float32 logits, gone when this process is. They are never all in memory: to start a process takes the longer, the
 * more memory the one that starts it has.
 */
function writeLogits([rows, classes]: Shape): string {
  const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-bench-'));
  removeAtExit(folder);
  const path = join(folder, 'logits.npy');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${classes}), }`;
  const made = new Uint8Array(fillWithLogits(new Float32Array(Math.min(PERIOD, rows * classes))).buffer);
  writeFileSync(path, Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text.padEnd(117)}\n`, 'latin1'));
  for (let left = 4 * rows * classes; left > 0; left -= made.length)
    appendFileSync(path, made.subarray(0, Math.min(left, made.length)));
  return path;
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, complaint] = ['', ''];
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      complaint += data;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new CannotRun(complaint.trim().split('\n').at(-1) ?? `exit code ${code}`));
    });
  });
}
