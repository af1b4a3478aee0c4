import type { TensorNode } from '../json/node.ts';
import { textBefore } from './heads.ts';

/** A factor that all numbers have in common, printed once before them: `1.0e+03 *`. PyTorch did, and MATLAB does. */
export interface Scale {
  readonly factor: number;
  readonly start: number;
  readonly end: number;
}

/** Such a line is short. */
const LONGEST = 48;
const FACTOR = String.raw`\d+(?:\.\d*)?e[+-]?\d+`;
const AT = new RegExp(String.raw`^\s*(${FACTOR})\s*\*`);
const BEFORE = new RegExp(String.raw`(${FACTOR})\s*\*\s*$`);
const STAR = 0x2a;

export function scaleAt(bytes: Uint8Array, offset: number, end: number): Scale | undefined {
  const text = new TextDecoder('latin1').decode(bytes.subarray(offset, Math.min(end, offset + LONGEST)));
  const match = AT.exec(text);
  return match ? { factor: Number(match[1]), start: offset, end: offset + match[0].length } : undefined;
}

export function scaleBefore(bytes: Uint8Array, offset: number): Scale | undefined {
  let last = offset - 1;
  while (last >= 0 && offset - last < LONGEST && bytes[last]! <= 0x20) last--;
  if (bytes[last] !== STAR) return undefined;
  const match = BEFORE.exec(textBefore(bytes, offset, LONGEST));
  return match ? { factor: Number(match[1]), start: offset - match[0].length, end: offset } : undefined;
}

/** The numbers themselves, in float32: `node` has them in float64 still. */
export function scaled(node: TensorNode, factor: number): TensorNode {
  const values = new Float32Array(node.values.length);
  for (let i = 0; i < values.length; i++) values[i] = node.values[i]! * factor;
  return { ...node, values };
}
