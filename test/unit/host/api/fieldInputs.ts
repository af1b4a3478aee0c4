import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadLogitsReply } from '../../../../src/answers/logitsReply.ts';
import { bytesOfOutput, tensorTexts } from '../../../../src/answers/notebook/cellOutputs.ts';
import { savedCells } from '../../../../src/answers/notebook/savedOutputs.ts';
import type { ReadLogitsOptions } from '../../../../src/answers/readRequest.ts';
import type { EngineClient } from '../../../../src/engine/engineClient.ts';
import { type LogitsInput, readLogits } from '../../../../src/host/api/readLogits.ts';
import { computeLossInSteps } from '../../../../src/loss/batch/crossEntropy.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { finish } from '../../../../src/loss/work.ts';

/** What an input has, as `test/fixtures/field/expected.json` says it. */
export interface Reading {
  readonly name?: string;
  readonly shape: readonly number[];
  readonly axis: number;
  readonly kind: string;
  readonly values: Nested;
  readonly targets: Nested | null;
  readonly targetsName?: string;
  readonly classNames?: readonly string[];
  readonly ignoreIndex?: number;
  readonly weight?: readonly number[];
  readonly alpha?: number;
  readonly loss: Readonly<Record<'alpha 0' | 'alpha 0.1', number | string | null>>;
}

type Nested = number | string | null | readonly Nested[];
interface Refusal {
  readonly mustName: readonly (readonly string[])[];
}

export interface Entry extends Partial<Reading> {
  readonly file: string;
  readonly how: readonly string[];
  readonly group: string;
  readonly cursor?: { readonly line: number; readonly column: number };
  readonly refused?: Refusal;
  readonly orRefused?: Refusal;
  readonly orRead?: Reading;
  readonly choices?: readonly Reading[];
  /** To ask is right, whatever is offered. */
  readonly asks?: boolean;
  readonly why: string;
}

export type Grade = 'right' | 'asked' | 'refused' | 'wrong';

export interface Graded {
  readonly grade: Grade;
  /** What differs. */
  readonly note: string;
}

type Read = ReadLogitsReply & { ok: true };

/** Reads one input in one way, and compares what came of it. */
export async function grade(
  engine: EngineClient,
  folder: string,
  entry: Entry,
  way: string,
): Promise<Graded> {
  const [source, options] = inputFor(folder, entry, way);
  const read = (more: ReadLogitsOptions = {}) => readLogits(engine, source, { ...options, ...more });
  const reply = await read();
  const expected = [entry.shape ? (entry as Reading) : undefined, entry.orRead].filter(
    (each) => each !== undefined,
  );
  if (reply.ok) {
    const differences = expected.map((each) => difference(reply, each));
    if (differences.includes('')) return { grade: 'right', note: '' };
    return { grade: 'wrong', note: differences[0] ?? `read ${shown(reply)}` };
  }
  if (reply.reason === 'several') {
    const names = reply.candidates.map(({ name, role }) => `${name} (${role})`).join(', ');
    if (new Set(names).size === 0) return { grade: 'wrong', note: 'asked without candidates' };
    for (const choice of entry.choices ?? []) {
      const candidate = reply.candidates.find(({ name }) => matches(choice.name ?? '', name));
      if (!candidate) return { grade: 'wrong', note: `${choice.name} isn’t among ${names}` };
      const chosen = await read({ array: candidate.name });
      const differs = chosen.ok ? difference(chosen, choice) : JSON.stringify(chosen);
      if (differs) return { grade: 'wrong', note: `${candidate.name}: ${differs}` };
    }
    return entry.choices || entry.asks ? { grade: 'right', note: '' } : { grade: 'asked', note: names };
  }
  const refusals = [entry.refused, entry.orRefused].filter((each) => each !== undefined);
  const message = reply.message.toLowerCase();
  const isSaid = refusals.some(({ mustName }) =>
    mustName.every((words) => words.some((word) => message.includes(word.toLowerCase()))),
  );
  return isSaid ? { grade: 'right', note: '' } : { grade: 'refused', note: reply.message };
}

function inputFor(folder: string, { file, cursor }: Entry, way: string): [LogitsInput, ReadLogitsOptions] {
  const bytes = readFileSync(join(folder, file));
  const languageId = /\.jsonl?$/.test(file) ? 'json' : /\.py$/.test(file) ? 'python' : 'plaintext';
  if (way === 'selection') return [bytes.toString('utf8'), { languageId }];
  if (way === 'cursor') {
    const position = { line: (cursor?.line ?? 1) - 1, character: (cursor?.column ?? 1) - 1 };
    return [bytes.toString('utf8'), { languageId, position }];
  }
  if (way === 'file') return [new Uint8Array(bytes), { fileName: file }];
  const cell = Number(/^cell (\d+)$/.exec(way)![1]);
  return outputOf(JSON.parse(bytes.toString('utf8')), cell);
}

interface Notebook {
  readonly cells: readonly {
    readonly outputs?: readonly {
      readonly data?: Readonly<Record<string, unknown>>;
      readonly text?: unknown;
    }[];
  }[];
}

/** The output that the extension would read of a cell. */
function outputOf(notebook: Notebook, index: number): [Uint8Array, ReadLogitsOptions] {
  const [text] = tensorTexts(savedCells(JSON.stringify(notebook))![index]!);
  return text ? [bytesOfOutput(text), { mime: text.mime }] : [new Uint8Array(0), { mime: 'text/plain' }];
}

/** What of a reply isn't as expected; empty if all is. */
function difference(reply: Read, expected: Reading): string {
  const { shape, axis, kind, name, targetsName, classNames, ignoreIndex, weight, alpha } = expected;
  if (reply.shape.join() !== shape.join()) return `shape ${shape} expected: ${shown(reply)}`;
  if (reply.classAxis !== axis && !(axis < 0 && reply.classAxis === shape.length + axis))
    return `axis ${reply.classAxis}`;
  const kinds = kind.split(' or ').map((each) => (each === 'percent' ? 'probabilities' : each));
  if (!kinds.includes(reply.kind)) return `${kinds} expected: ${reply.kind}`;
  const scale = kind === 'percent' ? 100 : 1;
  const values = flat(expected.values);
  const wrong = values.findIndex((value, i) => !isNear(reply.values[i]!, value / scale, 1e-6));
  if (wrong !== -1 || reply.values.length !== values.length) return `value ${wrong}: ${reply.values[wrong]}`;
  const targets = expected.targets === null ? null : flat(expected.targets);
  const found = reply.targets && [...asSoft(reply, targets)];
  if (!sameTargets(found, targets)) return `targets ${targets} expected: ${reply.targets?.name} ${found}`;
  if (name !== undefined && !matches(name, reply.name)) return `name “${name}” expected: “${reply.name}”`;
  if (targets && targetsName !== undefined && !matches(targetsName, reply.targets!.name))
    return `targets “${targetsName}” expected: “${reply.targets!.name}”`;
  if (classNames && !reply.classNames?.every((each, k) => matches(classNames[k]!, each)))
    return `classes ${classNames} expected: ${reply.classNames}`;
  if (ignoreIndex !== undefined && reply.ignoreIndex !== ignoreIndex) return `ignores ${reply.ignoreIndex}`;
  if (weight && reply.weight?.join() !== weight.join()) return `weight ${reply.weight}`;
  if (alpha !== undefined && reply.labelSmoothing !== alpha) return `α ${reply.labelSmoothing}`;
  return lossDifference(reply, expected);
}

function lossDifference(reply: Read, { loss }: Reading): string {
  for (const labelSmoothing of [0, 0.1]) {
    const wanted = number(loss[`alpha ${labelSmoothing}` as keyof Reading['loss']]);
    const found = lossOf(reply, labelSmoothing);
    if (!isNear(found, wanted, 1e-6)) return `loss at α ${labelSmoothing}: ${found} instead of ${wanted}`;
  }
  return '';
}

/** As the panel computes it, in float64. */
function lossOf(reply: Read, labelSmoothing: number): number {
  const { shape, values, kind, ignoreIndex, weight, targets, classAxis } =
    reply.kind === 'binary' ? withTwoColumns(reply) : reply;
  const isSigmoid = kind === 'multi-label';
  const isOutput = isSigmoid && values.every((value) => value >= 0 && value <= 1);
  const data = Float64Array.from(values, (value) =>
    kind === 'probabilities' ? Math.log(value) : isOutput ? Math.log(value) - Math.log1p(-value) : value,
  );
  const spec = {
    ...DEFAULT_SPEC,
    classAxis,
    labelSmoothing,
    convention: isSigmoid ? ('BINARY_HALF' as const) : ('UNIFORM_K' as const),
    ignoreIndex: ignoreIndex ?? DEFAULT_SPEC.ignoreIndex,
    weight: weight && Float64Array.from(weight),
  };
  const rowShape = shape.toSpliced(classAxis, 1);
  const indices = targets?.values ?? argmaxes(data, shape, classAxis);
  const isSoft = targets !== null && targets.kind !== 'indices';
  const input = {
    ...spec,
    logits: { data, shape },
    targets: { data: indices, shape: isSoft ? shape : rowShape },
  };
  try {
    return Number(finish(computeLossInSteps(input)).loss);
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}

/** 0 and z, or ln(1 − p) and ln p, of a binary model's outputs. */
function withTwoColumns(reply: Read): Read {
  const { values, shape } = reply;
  const areShares = values.every((value) => value >= 0 && value <= 1);
  const pairs = Array.from(values, (value) =>
    areShares ? [Math.log1p(-value), Math.log(value)] : [0, value],
  );
  return {
    ...reply,
    kind: 'logits',
    values: Float64Array.from(pairs.flat()),
    shape: [shape[0]!, 2],
  } as never;
}

function argmaxes(data: Float64Array, shape: readonly number[], axis: number): Int32Array {
  const classes = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const rows = data.length / classes;
  return Int32Array.from({ length: rows }, (_, row) => {
    const start = Math.floor(row / inner) * inner * classes + (row % inner);
    let best = 0;
    for (let k = 1; k < classes; k++) if (data[start + k * inner]! > data[start + best * inner]!) best = k;
    return best;
  });
}

/** One-hot targets may be read as the indices they are. */
function asSoft(
  { targets, shape }: Read,
  wanted: readonly number[] | null,
): ArrayLike<number> & Iterable<number> {
  const { kind, values } = targets!;
  const count = shape.reduce((a, b) => a * b, 1);
  if (kind !== 'indices' || wanted?.length !== count || values.length === count) return values;
  const soft = new Float64Array(count);
  const classes = shape.at(-1)!;
  for (const [row, target] of values.entries()) soft[row * classes + target] = 1;
  return soft;
}

function sameTargets(found: readonly number[] | null, wanted: readonly number[] | null): boolean {
  if (!found || !wanted) return found === wanted;
  return found.length === wanted.length && wanted.every((value, i) => isNear(found[i]!, value, 1e-6));
}

/** Names may have a prefix of their column, or a number if there are several. */
function matches(wanted: string, found: string): boolean {
  return (
    found === wanted ||
    found.endsWith(wanted) ||
    found.startsWith(wanted) ||
    found.split(/[.\s/›]+/).includes(wanted)
  );
}

function flat(nested: Nested): number[] {
  return Array.isArray(nested) ? nested.flatMap(flat) : [number(nested as number)];
}

function number(value: unknown): number {
  const text = String(value).toLowerCase();
  if (/^-?inf/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return value === null || text === 'nan' ? Number.NaN : Number(value);
}

function isNear(found: number, wanted: number, tolerance: number): boolean {
  if (Number.isNaN(wanted)) return Number.isNaN(found);
  return found === wanted || Math.abs(found - wanted) <= tolerance * Math.max(Math.abs(wanted), 0.3);
}

function shown({ name, shape, kind, targets }: Read): string {
  return `${name} (${shape}) ${kind}, targets ${targets && `${targets.name} ${[...targets.values].slice(0, 8)}`}`;
}
