import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { softmaxAlong } from '../../src/analysis/python/execute/operations/reducing.ts';
import { plainNumber } from '../../src/analysis/python/execute/run/collections.ts';
import { RaisedError } from '../../src/analysis/python/execute/run/endings.ts';
import { Interpreter } from '../../src/analysis/python/execute/run/interpreter.ts';
import { Dict, Int, List, type PyValue, Tuple } from '../../src/analysis/python/execute/run/values.ts';
import { filled, PyTensor } from '../../src/analysis/python/execute/tensors/tensor.ts';
import { sourceOf } from '../unit/analysis/execute/asked.ts';
import { fixtureDefinitions } from '../unit/analysis/execute/definitions.ts';

interface Case {
  readonly K: number;
  readonly alpha: number;
  readonly label: number;
  readonly losses?: readonly number[];
  readonly raises?: string;
}

const COMPUTED = JSON.parse(readFileSync(join(import.meta.dirname, 'execute.json'), 'utf8')) as Record<
  string,
  Record<string, readonly Case[]>
>;

const LIBRARIES = [
  ['n', 'numpy'],
  ['t', 'tensorflow'],
  ['j', 'jax'],
] as const;

/** As execute.py makes them. */
function logits(k: number, label: number, shift: number): number[] {
  return Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: k }, (__, j) => 2 * Math.sin(3 * i + 5 * j * j + 7 * label + k + shift)),
  ).flat();
}

function inputs({ K, alpha, label }: Case): Map<string, PyValue> {
  const of = (values: readonly number[], shape: number[], dtype: PyTensor['dtype'] = 'float') =>
    new PyTensor(Float64Array.from(values), shape, dtype, 'torch');
  const y = [label, label, (label + 1) % K, label];
  const z = of(logits(K, label, 0), [4, K]);
  const hot = filled([4, K], 0, 'float', 'torch');
  for (const [i, each] of y.entries()) hot.data[i * K + each] = 1;
  const names = new Map<string, PyValue>([
    ['z', z],
    ['z2', of(logits(K, label, 1), [4, K])],
    ['lp', softmaxAlong(z, -1, true)],
    ['p', softmaxAlong(z, -1, false)],
    ['y', of(y, [4], 'int')],
    ['hot', hot],
    [
      'w',
      of(
        Array.from({ length: K }, (_, j) => 0.5 + 0.25 * j),
        [K],
      ),
    ],
    ['K', new Int(K)],
    ['alpha', alpha],
  ]);
  for (const name of ['z', 'lp', 'p', 'y', 'hot']) {
    const { data, shape, dtype } = names.get(name) as PyTensor;
    for (const [letter, library] of LIBRARIES)
      names.set(`${name}${letter}`, new PyTensor(data.slice(), shape, dtype, library));
  }
  return names;
}

function lossesOf(value: PyValue): readonly number[] {
  if (value instanceof Dict) return lossesOf(value.entries.get('sloss')?.[1] ?? null);
  if (value instanceof Tuple) return lossesOf(value.items[0] ?? null);
  if (value instanceof PyTensor) return [...value.values()];
  if (typeof value === 'number') return [value];
  if (value instanceof List) return value.items.map((item) => plainNumber(item) ?? Number.NaN);
  throw new Error('No losses');
}

/** Evaluates the call behind the definition, with these inputs as names of the module. */
function called(text: string, call: string, names: ReadonlyMap<string, PyValue>): PyValue {
  const source = sourceOf(`${text}\n${call}\n`);
  const run = new Interpreter(source, () => null);
  const module = run.moduleNames(source);
  for (const [name, value] of names) module.values.set(name, value);
  return run.evaluateNode(source.top.lastChild!.firstChild!, module);
}

describe('definitions give what PyTorch, NumPy and what stands in for TensorFlow, Keras and JAX give', () => {
  for (const { file, title, text, call } of fixtureDefinitions()) {
    const cases = COMPUTED[file]?.[title];
    if (call === null || !cases) continue;
    it(`${file}: ${title}`, () => {
      for (const each of cases) {
        const where = `K ${each.K}, α ${each.alpha}, label ${each.label}`;
        if (each.raises !== undefined) {
          expect(() => called(text, call, inputs(each)), where).toThrow(RaisedError);
          continue;
        }
        const losses = lossesOf(called(text, call, inputs(each)));
        expect(losses.length, where).toBe(each.losses!.length);
        for (const [i, loss] of losses.entries()) {
          const difference =
            Number.isNaN(loss) && Number.isNaN(each.losses![i]!) ? 0 : Math.abs(loss - each.losses![i]!);
          expect(difference, `${where}: ${loss} for ${each.losses![i]}`).toBeLessThan(1e-9);
        }
      }
    });
  }
});
