// `npm run bench:formats -- [--rows N] [--rounds N] [--only NAME]`: how long each format takes to read, and how much memory.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../vscode/paths.ts';
import { removeAtExit } from '../../vscode/processTree.ts';
import { median } from '../interleaved.ts';
import { type Logits, SAVED, type SavedAs } from './files.ts';
import type { Measured } from './measure.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});

const CLASSES = 1000;
/** Of 200 MB. What fails is said at the end. */
const MOST_MEGABYTES = 600;
const MEASURE = join(ROOT, 'test', 'bench', 'formats', 'measure.ts');

function logits(rows: number): Logits {
  const values = Float32Array.from({ length: rows * CLASSES }, (_, i) => Math.sin(i) * 5);
  return { shape: [rows, CLASSES], values };
}

function measure(small: string, large: string): Measured {
  const args = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', MEASURE, small, large];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-formats-'));
removeAtExit(folder);
const [few, many] = [logits(20), logits(Number(options.rows))];

function measureFormat({ name, extension, write }: SavedAs) {
  const [small, large] = [join(folder, `small.${extension}`), join(folder, `large.${extension}`)];
  write(small, few);
  write(large, many);
  const { size } = statSync(large);
  const rounds = Array.from({ length: Number(options.rounds) }, () => measure(small, large));
  for (const path of [small, large]) rmSync(path);
  const of = (key: keyof Measured) => median(rounds.map((round) => round[key]));
  return { name, size, ms: of('ms'), cpuMs: of('cpuMs'), megabytes: of('megabytes'), loss: of('loss') };
}

console.log(
  '| saved as | file, MB | seconds | of processors | memory, MB |\n| --- | --: | --: | --: | --: |',
);
const failures: string[] = [];
let expected: number | undefined;
for (const saved of SAVED.filter(({ name }) => name.includes(options.only))) {
  const { name, size, ms, cpuMs, megabytes, loss } = measureFormat(saved);
  console.log(
    `| ${name} | ${(size / 1e6).toFixed(0)} | ${(ms / 1000).toFixed(2)} | ${(cpuMs / 1000).toFixed(2)} | ${megabytes.toFixed(0)} |`,
  );
  expected ??= loss;
  if (loss !== expected) failures.push(`${name}: the loss is ${loss}, not ${expected}`);
  if (megabytes > MOST_MEGABYTES) failures.push(`${name} takes more than ${MOST_MEGABYTES} MB`);
}
for (const failure of failures) console.log(failure);
if (failures.length > 0) process.exitCode = 1;
