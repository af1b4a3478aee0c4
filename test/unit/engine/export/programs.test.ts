import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportedFigures } from '../../../../src/engine/export/exportedFigures.ts';
import { program } from '../../../../src/engine/export/program/lossProgram.ts';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { LOSS_REDUCTIONS } from '../../../../src/loss/lossSpec.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import { PROGRAMS, type Program } from '../../../../src/protocol/exportChannel.ts';

import type { PanelSpec } from '../../../../src/protocol/panelSpec.ts';
import { held, PLAIN } from './held.ts';

const PYTHON = '/usr/bin/python3';
const STANDINS = join(import.meta.dirname, '../../../fixtures/standins');
const has = (module: string) => spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0;
const hasNumpy = has('numpy');

/** Runs each in a Python of its own state, and says what came of it: "" if all is well. */
const RUN = `import contextlib, io, json, sys, traceback, warnings
warnings.simplefilter("error")
results = []
for source in json.load(sys.stdin):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "program", "exec"), {"__name__": "__main__"})
        results.append("")
    except BaseException:
        results.append(traceback.format_exc())
json.dump(results, sys.stdout)`;

function run(programs: readonly string[]): readonly string[] {
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', RUN], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: STANDINS },
    maxBuffer: 1 << 26,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const SHAPE = [5, 4];
const VALUES = Float32Array.from([
  1.5, -2.25, 0.1, 0.3, 0, 3.3, 2, -1, 4, 4, -4, 0, 0.5, 0.25, 0.125, 8, -3, 2, 1, 0,
]);
const INDICES: Targets = { kind: 'indices', values: Int32Array.from([0, 1, 3, 2, 0]) };
const SOFT: Targets = {
  kind: 'soft',
  values: Float64Array.from({ length: 20 }, (_, i) => ((i % 4) + 1) / 10),
};
const WEIGHT = Float64Array.from([0.5, 2, 1, 3]);

interface Case {
  readonly name: string;
  readonly spec: PanelSpec;
  readonly targets: Targets;
}

/** Everything a spec can be, in all combinations; temperatures in turn. */
const CASES: readonly Case[] = CONVENTION_NAMES.flatMap((convention) => {
  const { padded, activation } = CONVENTIONS[convention];
  const forms = activation === 'softmax' ? (['ce', 'kl', 'ce-constant'] as const) : (['ce'] as const);
  return combinations([null, WEIGHT], padded ? [3] : [-100, 2], LOSS_REDUCTIONS, forms, [INDICES, SOFT])
    .filter(([, , , form, { kind }]) => kind === 'indices' || form === 'ce')
    .map(([weight, ignoreIndex, reduction, form, targets], i) => {
      const temperature = i % 2 === 0 ? 1 : 2.5;
      const weighted = weight ? 'weighted' : '';
      return {
        name: [convention, weighted, ignoreIndex, reduction, form, temperature, targets.kind].join(' '),
        spec: { convention, labelSmoothing: 0.15, weight, ignoreIndex, reduction, form, temperature },
        targets,
      };
    });
});

/** One of each, in every way. */
function combinations<A, B, C, D, E>(
  a: readonly A[],
  b: readonly B[],
  c: readonly C[],
  d: readonly D[],
  e: readonly E[],
): [A, B, C, D, E][] {
  return a.flatMap((v) =>
    b.flatMap((w) => c.flatMap((x) => d.flatMap((y) => e.map((z): [A, B, C, D, E] => [v, w, x, y, z])))),
  );
}

function written(name: Program, { spec, targets }: Omit<Case, 'name'>, shape = SHAPE, classAxis = 1): string {
  const batch = held(VALUES, shape, targets, spec, classAxis);
  return program(name, batch, spec, exportedFigures(batch, spec), 'logits.json');
}

describe('exported programs', () => {
  it.each(PROGRAMS)('for %s run, and agree, in all conventions, forms and reductions', (name) => {
    if (!hasNumpy || (name === 'pytorch' && !has('torch'))) return;
    expect(CASES.length).toBeGreaterThan(150);
    const failed = run(CASES.map((each) => written(name, each)));
    expect(CASES.filter((_, i) => failed[i] !== '').map(({ name: each }, i) => [each, failed[i]])).toEqual(
      [],
    );
  });

  it.each(PROGRAMS)('for %s fail if the loss isn’t this one', (name) => {
    if (!hasNumpy || (name === 'pytorch' && !has('torch'))) return;
    const source = written(name, { spec: PLAIN, targets: INDICES });
    const [error] = run([source.replace('0.15', '0.16').replace('1.5,', '1.51,')]);
    expect(error).toContain('AssertionError');
  });

  it.each(PROGRAMS)('for %s say that a mean over nothing isn’t a number', (name) => {
    if (!hasNumpy || (name === 'pytorch' && !has('torch'))) return;
    const cases = CASES.filter(
      ({ spec, targets }) => spec.reduction === 'mean' && targets.kind === 'indices',
    ).flatMap(({ spec }) => {
      const ignored = { kind: 'indices', values: new Int32Array(5).fill(spec.ignoreIndex!) } as const;
      const light = { kind: 'indices', values: Int32Array.from([0, 1, 0, 1, 1]) } as const;
      const weight = Float64Array.of(0, 0, 1, 2);
      return [
        { spec, targets: ignored },
        { spec: { ...spec, weight }, targets: light },
        { spec: { ...spec, weight, labelSmoothing: 0 }, targets: light },
      ];
    });
    const failed = run(cases.map((each) => written(name, each)));
    expect(cases.flatMap((each, i) => (failed[i] === '' ? [] : [[each, failed[i]]])).slice(0, 3)).toEqual([]);
  });

  it.runIf(hasNumpy)('take any shape', () => {
    const shapes: [number[], number, Targets][] = [
      [[5, 2, 2], 1, { kind: 'indices', values: Int32Array.from([0, 1, 1, 0, 0, 0, 1, 1, 1, 0]) }],
      [[5, 2, 2], 2, { kind: 'indices', values: Int32Array.from([0, 1, 1, 0, 0, 0, 1, 1, 1, 0]) }],
      [[20], 0, { kind: 'indices', values: Int32Array.from([7]) }],
      [[5, 2, 2], 1, SOFT],
      [[5, 2, 2], 2, SOFT],
    ];
    const programs = PROGRAMS.filter((name) => name !== 'pytorch' || has('torch')).flatMap((name) =>
      shapes.flatMap(([shape, axis, targets]) =>
        LOSS_REDUCTIONS.map((reduction) =>
          written(name, { spec: { ...PLAIN, reduction }, targets }, shape, axis),
        ),
      ),
    );
    expect(run(programs).filter((error) => error !== '')).toEqual([]);
  });
});

describe('the running example as a program', () => {
  const example = (name: Program, spec: PanelSpec) => {
    const values = Float32Array.from([0, 0, 3.75, 0, 0]);
    const batch = held(values, [1, 5], { kind: 'indices', values: Int32Array.from([2]) }, spec);
    return program(name, batch, spec, exportedFigures(batch, spec), 'example.json');
  };

  it.each(PROGRAMS)('for %s', (name) => expect(example(name, PLAIN)).toMatchSnapshot());
  it.each(PROGRAMS)('as fairseq reads α, with weights, for %s', (name) => {
    const weight = Float64Array.from([1, 1, 2, 1, 1]);
    expect(example(name, { ...PLAIN, convention: 'UNIFORM_OTHERS', weight })).toMatchSnapshot();
  });
});
