import { type NamedArray, usualFacts } from '../../roles/namedArray.ts';
import type { Node, ObjectNode } from '../jsonNodes.ts';

/** Where versions of ONNX Runtime for the web keep the numbers of a tensor. */
const DATA = ['cpuData', 'data'];

/**
 * A tensor of ONNX Runtime for the web as `JSON.stringify` writes it: `{"dims": [2, 3], "type": "float32", "cpuData": {"0": 0.5, …}}`, its
 * numbers by their places, or in a list. Undefined if it's something else.
 */
export function typedTensor(
  { members, start, end }: ObjectNode,
  keys: readonly string[],
): NamedArray | undefined {
  const dims = members.get('dims');
  const type = members.get('type');
  if (dims?.type !== 'tensor' || dims.shape.length !== 1 || type?.type !== 'string') return undefined;
  const data = DATA.map((key) => members.get(key)).find((node) => node !== undefined);
  const values = data && numbersIn(data);
  if (!values) return undefined;
  const shape = [...dims.values];
  const count = shape.reduce((product, axis) => product * axis, 1);
  const name = keys.at(-1) ?? 'tensor';
  const isWhole = shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0) && count === values.length;
  const problem = { reason: 'shape-count', offset: start, name, shape, found: values.length } as const;
  return {
    ...usualFacts(),
    name,
    isNamed: keys.length > 0,
    path: keys.slice(0, -1),
    shape,
    type: type.value,
    content: isWhole ? { kind: 'numbers', values } : { kind: 'flawed', problem },
    start,
    end,
    spans: Float64Array.of(start, end),
  };
}

/** A list of numbers, or an object with a number for each place. */
function numbersIn(node: Node): Float64Array | undefined {
  if (node.type === 'tensor')
    return node.flaw || node.shape.length !== 1 ? undefined : Float64Array.from(node.values);
  if (node.type !== 'object') return undefined;
  const values = new Float64Array(node.members.size);
  let count = 0;
  for (const [key, member] of node.members) {
    if (key !== String(count) || member.type !== 'number') return undefined;
    values[count++] = member.value;
  }
  return values;
}
