import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportBatch } from '../../../../src/engine/export/exportBatch.ts';
import { finish } from '../../../../src/loss/work.ts';
import { type ExportFormat, PROGRAMS } from '../../../../src/protocol/exportChannel.ts';

import type { PanelSpec } from '../../../../src/protocol/panelSpec.ts';
import { anyName } from '../../../fixtures/anyName.ts';
import { HOSTILE_NAMES } from '../../../fixtures/hostileNames.ts';
import { removeAtExit } from '../../../vscode/processTree.ts';
import { held, PLAIN } from './held.ts';

const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['-c', '']).status === 0;

/** What is exported of two rows of logits that come from `source`. */
function exported(format: ExportFormat, source: string, spec: PanelSpec = PLAIN): string {
  const values = Float32Array.from([2, 0, 1, -1, 0.5, 3]);
  const targets = { kind: 'indices', values: Int32Array.from([0, 2]) } as const;
  const outcome = finish(
    exportBatch(held(values, [2, 3], targets, spec), format, { loss: spec, source, to: 'clipboard' }),
  );
  if (!outcome.ok) throw new Error('Too large');
  return String(outcome.value);
}

/** Compares the syntax of files, as Python reads them from disk, with that of the first: those that aren't the same. */
const SAME = `import ast, json, sys
def tree(path):
    with open(path, "rb") as file:
        try:
            return ast.dump(ast.parse(file.read()))
        except (SyntaxError, ValueError) as error:
            return repr(error)
first, *others = json.load(sys.stdin)
expected = tree(first)
assert expected.startswith("Module"), expected
print(json.dumps([[path, found[:300]] for path in others if (found := tree(path)) != expected]))`;

/** Runs files with stand-ins for all they import, in the folder of its own that they're given. */
const RUN = `import json, os, runpy, sys
class Anything:
    __len__ = lambda self: 1
    __getattr__ = __call__ = lambda self, *args, **named: self
    for name in "getitem add sub mul truediv radd rsub rmul rtruediv neg eq ne lt gt isub iadd".split():
        locals()[f"__{name}__"] = __call__
    __setitem__ = lambda self, key, value: None
for name in ["numpy", "torch", "torch.nn", "torch.nn.functional", "keras", "jax", "optax"]:
    sys.modules[name] = Anything()
paths, folder = json.load(sys.stdin)
os.chdir(folder)
failed = []
for path in paths:
    try:
        runpy.run_path(path)
    except BaseException as error:
        failed.append([path, repr(error)])
print(json.dumps(failed), file=sys.stderr)`;

function python(program: string, input: unknown): { readonly out: string; readonly err: string } {
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', program], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { out: stdout, err: stderr };
}

/** A folder with the programs of these names in files, after that of a harmless one. */
function programs(names: readonly string[], spec: PanelSpec): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  removeAtExit(folder);
  return PROGRAMS.flatMap((program) =>
    ['logits.json', ...names].map((name, i) => {
      const path = join(folder, `${program}-${i}.py`);
      writeFileSync(path, exported(program, name, spec));
      return path;
    }),
  );
}

function perProgram(paths: readonly string[]): readonly (readonly string[])[] {
  const each = paths.length / PROGRAMS.length;
  return PROGRAMS.map((_, i) => paths.slice(i * each, (i + 1) * each));
}

describe('an exported program', () => {
  const weighted = { ...PLAIN, convention: 'UNIFORM_OTHERS', weight: Float64Array.from([1, 2, 1]) } as const;

  it.runIf(hasPython)('is the same code, whatever the logits are called', () => {
    const names = [...HOSTILE_NAMES, ...fc.sample(anyName, 300)];
    for (const spec of [PLAIN, weighted])
      for (const paths of perProgram(programs(names, spec)))
        expect(JSON.parse(python(SAME, paths).out)).toEqual([]);
  });

  it.runIf(hasPython)('runs nothing that is in a name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'run-'));
    removeAtExit(folder);
    const paths = programs(HOSTILE_NAMES, PLAIN);
    expect(JSON.parse(python(RUN, [paths, folder]).err)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says the name in one line that hides nothing', () =>
    fc.assert(
      fc.property(anyName, (name) => {
        for (const program of PROGRAMS) {
          const source = exported(program, name);
          expect(source.split('\n')).toHaveLength(exported(program, 'logits.json').split('\n').length);
          expect(source).not.toMatch(/[^\P{C}\n]|\p{Zl}|\p{Zp}/u);
        }
      }),
    ));
});
