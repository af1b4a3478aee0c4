import { SLICE, type Work } from '../../../loss/work.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { type NamedArray, usualFacts } from '../../roles/namedArray.ts';
import { growableDoubles } from '../../text/growable.ts';
import type { ListNode, Node, ObjectNode, TensorNode } from '../jsonNodes.ts';

const TYPES: Readonly<Record<string, string>> = {
  FP16: 'float16',
  BF16: 'bfloat16',
  FP32: 'float32',
  FP64: 'float64',
  BOOL: 'bool',
  BYTES: 'text',
};
const MOST_OUTPUTS = 1 << 10;

/**
 * The outputs of a server that speaks KServe's protocol v2 (Triton, MLServer): numbers in one list, each output with its name and shape.
 * Of several answers, as JSON Lines have them, those of one name are put together. Undefined if it's another document.
 */
export function* serverArrays(node: Node, path: readonly string[]): Work<readonly NamedArray[] | undefined> {
  if (node.type === 'object') {
    const outputs = outputsOf(node);
    return outputs && (yield* readOutputs(outputs, path));
  }
  if (node.type !== 'list' || node.first?.type !== 'object' || !outputsOf(node.first)) return undefined;
  const joined = new Map<string, Joined>();
  let nextYield = node.start;
  for (let i = 0; i < node.length; i++) {
    const answer = yield* node.readItem(i);
    const outputs = answer.type === 'object' ? outputsOf(answer) : undefined;
    if (!outputs) return undefined;
    for (const output of yield* readOutputs(outputs, path)) {
      const known = joined.get(output.name);
      if (known) known.take(output, i);
      else joined.set(output.name, new Joined(output));
    }
    if (answer.end < nextYield) continue;
    yield i / node.length;
    nextYield = answer.end + SLICE;
  }
  return [...joined.values()].map((each) => each.toArray(node));
}

/** `[{"name": "logits", "shape": [2, 3], "datatype": "FP32", "data": […]}]` */
function outputsOf({ members }: ObjectNode): ListNode | undefined {
  const outputs = members.get('outputs');
  if (outputs?.type !== 'list' || outputs.first?.type !== 'object') return undefined;
  const { members: facts } = outputs.first;
  return facts.get('name')?.type === 'string' && facts.get('shape')?.type === 'tensor' ? outputs : undefined;
}

function* readOutputs(outputs: ListNode, path: readonly string[]): Work<readonly NamedArray[]> {
  const arrays: NamedArray[] = [];
  for (let i = 0; i < Math.min(MOST_OUTPUTS, outputs.length); i++) {
    const output = yield* outputs.readItem(i);
    const array = output.type === 'object' ? arrayOfOutput(output, path) : undefined;
    if (array) arrays.push(array);
  }
  return arrays;
}

function arrayOfOutput({ members, start, end }: ObjectNode, path: readonly string[]): NamedArray | undefined {
  const name = members.get('name');
  const shape = members.get('shape');
  const data = members.get('data');
  if (name?.type !== 'string' || shape?.type !== 'tensor' || data?.type !== 'tensor') return undefined;
  const declared = [...shape.values];
  const datatype = members.get('datatype');
  const written = datatype?.type === 'string' ? datatype.value : '';
  const problem = problemOf(data, name.value, declared);
  return {
    ...usualFacts(),
    name: name.value,
    isNamed: true,
    path,
    shape: declared,
    type: TYPES[written] ?? (written.toLowerCase() || null),
    content: problem ? { kind: 'flawed', problem } : { kind: 'numbers', values: data.values },
    start,
    end,
    spans: Float64Array.of(data.start, data.end),
    decimals: data.decimals,
  };
}

/** Data may be nested as the shape says, or in one list. */
function problemOf(data: TensorNode, name: string, shape: readonly number[]): ReadProblem | undefined {
  if (data.flaw) return data.flaw;
  const count = shape.reduce((product, axis) => product * axis, 1);
  const isShape = shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0);
  const found = data.values.length;
  if (isShape && count === found) return undefined;
  return { reason: 'shape-count', offset: data.start, name, shape, found };
}

/** Outputs of one name, one below the other. */
class Joined {
  readonly #first: NamedArray;
  readonly #values = growableDoubles(() => 1);
  readonly #spans = growableDoubles(() => 1);
  #rows = 0;
  #problem: ReadProblem | undefined;

  constructor(first: NamedArray) {
    this.#first = first;
    this.take(first, 0);
  }

  take({ shape, content, spans, start }: NamedArray, row: number): void {
    if (this.#problem) return;
    if (content.kind === 'flawed') this.#problem = content.problem;
    if (content.kind !== 'numbers') return;
    const expected = this.#first.shape;
    if (shape.slice(1).join() !== expected.slice(1).join() || shape.length !== expected.length) {
      const [found, before] = [shape.at(-1) ?? 0, expected.at(-1) ?? 0];
      this.#problem = { reason: 'ragged', offset: start, row, found, expected: before };
      return;
    }
    this.#rows += shape[0] ?? 1;
    this.#values.append(content.values);
    this.#spans.append(spans);
  }

  toArray({ start, end }: Pick<Node, 'start' | 'end'>): NamedArray {
    const problem = this.#problem;
    return {
      ...this.#first,
      shape: [this.#rows, ...this.#first.shape.slice(1)],
      content: problem ? { kind: 'flawed', problem } : { kind: 'numbers', values: this.#values.toArray() },
      spans: this.#spans.toArray(),
      start,
      end,
    };
  }
}
