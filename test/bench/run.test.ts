import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { QUESTIONS } from './contenders/questions.ts';
import { readOptions } from './options.ts';
import type { Report } from './report.ts';

const SHAPES = [
  [40_000, 10],
  [300, 1000],
] as const;

let report: Report;
let output: string;

function bench(...args: string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], { encoding: 'utf8' });
}

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-bench-'));
  removeAtExit(folder);
  const file = join(folder, 'bench.json');
  const shapes = SHAPES.map((shape) => shape.join('x')).join(',');
  const run = bench('--quick', '--shapes', shapes, '--rounds', '1', '--json', file);
  expect(run.status, run.stderr).toBe(0);
  report = JSON.parse(readFileSync(file, 'utf8'));
  output = run.stdout;
}, 240_000);

it('measures ours on one thread and tfjs at every shape', () => {
  for (const shape of SHAPES) {
    const of = report.results.filter((result) => result.shape.join() === shape.join());
    const names = of.map(({ contender, threads }) => `${contender} ${threads}`);
    expect(names).toEqual(expect.arrayContaining(['smooth-labels 1', 'tfjs-wasm 1']));
    for (const { medianMs } of of) expect(medianMs).toBeGreaterThan(0);
  }
});

it('says who was left out, and nobody is without a word', () => {
  const measured = new Set<string>(report.results.map(({ contender }) => contender));
  for (const name of ['torch-eager', 'torch-compile', 'tfjs-wasm', 'tfjs-cpu']) {
    const said = report.notes.some((note) => note.startsWith(name) || note.startsWith('PyTorch'));
    expect([name, measured.has(name) || said]).toEqual([name, true]);
  }
});

it('knows the machine, the versions and the limits', () => {
  expect(report.machine).toEqual({
    cpu: expect.any(String),
    threads: expect.any(Number),
    memoryGB: expect.any(Number),
    system: expect.any(String),
  });
  expect(report.versions).toMatchObject({ node: process.versions.node, tfjs: expect.any(String) });
  expect(report.limits?.readGBPerSecond.oneThread).toBeGreaterThan(0.1);
  expect(report.limits?.expGigaPerSecond.oneThread).toBeGreaterThan(0.01);
  expect(report.limits?.logGigaPerSecond.oneThread).toBeGreaterThan(0.01);
});

it('measures files, text, gradients and changes of α', () => {
  const ingest = report.ingest.map(({ input, contender }) => `${input} ${contender}`);
  expect(ingest).toEqual(
    expect.arrayContaining(['npy smooth-labels', 'json smooth-labels', 'json json-parse']),
  );
  expect(report.gradient.map(({ contender }) => contender)).toContain('smooth-labels');
  expect(report.alpha.map(({ shape }) => shape)).toEqual(SHAPES);
});

it('asks every question, and prints what it takes by the loss', () => {
  const asked = report.questions.filter(({ threads }) => threads === 1);
  expect(asked.map(({ question }) => question)).toEqual(QUESTIONS);
  for (const { medianMs } of asked) expect(medianMs).toBeGreaterThan(0);
  expect(output).toMatch(/\| calibration +\| +[\d.]+×/);
});

it('prints each shape, and every ratio between those that were measured', () => {
  for (const [rows, classes] of SHAPES) expect(output).toContain(`| ${rows}×${classes} `);
  const [wasm, ours] = (['tfjs-wasm', 'smooth-labels'] as const).map(
    (name) => report.results.find(({ contender, shape }) => contender === name && shape[1] === 10)!.medianMs,
  );
  const times = wasm! / ours!;
  expect(output).toContain(`${times >= 100 ? times.toFixed(0) : times.toPrecision(2)}×`);
});

it('refuses options it has not', () => {
  expect(() => readOptions(['--shapes', '10'])).toThrow("isn't ROWSxCLASSES");
  expect(() => readOptions(['--shapes', '10x-3'])).toThrow('"-3"');
  expect(() => readOptions(['--only', 'speed'])).toThrow('there is no "speed"');
  expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds');
  const run = bench('--fast');
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('--fast');
  expect(bench('--quick', '--python', '/no/such/python').stderr).toContain('/no/such/python');
});
