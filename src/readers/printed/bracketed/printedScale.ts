import type { TensorNode } from '../../json/jsonNodes.ts';
import { textBefore } from './tensorHeads.ts';

/** A factor that all numbers have in common, printed once before them: `1.0e+03 *`. PyTorch did, and MATLAB does. */
interface PrintedScale {
  readonly factor: number;
  readonly start: number;
  readonly end: number;
}

/** Such a line is short. */
const LONGEST = 48;
const AT = /^\s*(\d+(?:\.\d*)?e[+-]?\d+)\s*\*/;
const WHOLE = /^\D*(\d+(?:\.\d*)?e[+-]?\d+)$/;
const STAR = 0x2a;

/** The factor that is printed right at `offset`, as in `1.0e+03 *`; undefined if there's none. */
export function scaleAt(bytes: Uint8Array, offset: number, end: number): PrintedScale | undefined {
  const text = new TextDecoder('latin1').decode(bytes.subarray(offset, Math.min(end, offset + LONGEST)));
  const match = AT.exec(text);
  return match ? { factor: Number(match[1]), start: offset, end: offset + match[0].length } : undefined;
}

/** The factor that is printed right before `offset`, where the numbers begin; undefined if there's none. */
export function scaleBefore(bytes: Uint8Array, offset: number): PrintedScale | undefined {
  let last = offset - 1;
  while (last >= 0 && offset - last < LONGEST && bytes[last]! <= 0x20) last--;
  if (bytes[last] !== STAR) return undefined;
  let end = last;
  while (end > 0 && offset - end < LONGEST && bytes[end - 1]! <= 0x20) end--;
  let start = end;
  while (start > 0 && offset - start < LONGEST && isInNumber(bytes[start - 1]!)) start--;
  const factor = WHOLE.exec(textBefore(bytes, end, end - start))?.[1];
  return factor === undefined
    ? undefined
    : { factor: Number(factor), start: end - factor.length, end: offset };
}

/** True for a digit, a point, a sign or an “e”. */
function isInNumber(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2b || byte === 0x2d || byte === 0x65;
}

/** The numbers themselves, in float32: `node` has them in float64 still. */
export function scaled(node: TensorNode, factor: number): TensorNode {
  const values = new Float32Array(node.values.length);
  for (let i = 0; i < values.length; i++) values[i] = node.values[i]! * factor;
  return { ...node, values };
}
