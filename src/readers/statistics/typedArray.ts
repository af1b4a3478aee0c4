import type { Floats } from '../../loss/rows/rowLayout.ts';

/** A little-endian array as JSON has it, "float64:" and base64: as long as it should be, or why it isn't read. */
export type TypedArray =
  | { readonly values: Floats | Int32Array }
  /** Not such a text. */
  | { readonly flaw: 'form' }
  | { readonly flaw: 'length'; readonly found: number }
  /** An int64 at `row` that isn't an int32. */
  | { readonly flaw: 'range'; readonly row: number };

const BYTES = { float32: 4, float64: 8, int32: 4, int64: 8 } as const;

type ElementType = keyof typeof BYTES;

const PREFIX = /^(float32|float64|int32|int64):/;
const LONGEST_PREFIX = 8;

/** Decodes an array of `length` numbers. Nothing is allocated for a text of another length. */
export function typedArrayOf(text: string, length: number): TypedArray {
  const prefix = PREFIX.exec(text.slice(0, LONGEST_PREFIX));
  if (!prefix) return { flaw: 'form' };
  const type = prefix[1] as ElementType;
  const encoded = text.length - prefix[0].length;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const found = ((encoded / 4) * 3 - padding) / BYTES[type];
  if (found !== length) return { flaw: 'length', found: Math.max(0, Math.floor(found)) };
  const bytes = bytesOf(text.slice(prefix[0].length), length * BYTES[type]);
  return bytes ? numbersOf(bytes, type, length) : { flaw: 'form' };
}

/** An array of float64, as many as there are; undefined if it isn't one. */
export function doublesOf(text: string): Float64Array | undefined {
  const encoded = text.length - 'float64:'.length;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = ((encoded / 4) * 3 - padding) / BYTES.float64;
  if (!text.startsWith('float64:') || !Number.isInteger(length)) return undefined;
  const read = typedArrayOf(text, length);
  return 'values' in read && read.values instanceof Float64Array ? read.values : undefined;
}

function numbersOf(bytes: Uint8Array<ArrayBuffer>, type: ElementType, length: number): TypedArray {
  const view = new DataView(bytes.buffer);
  // A typed array would be big-endian on a machine that is.
  switch (type) {
    case 'float32':
      return { values: Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, true)) };
    case 'float64':
      return { values: Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, true)) };
    case 'int32':
      return { values: Int32Array.from({ length }, (_, i) => view.getInt32(4 * i, true)) };
    case 'int64': {
      const values = new Int32Array(length);
      for (let i = 0; i < length; i++) {
        const low = view.getInt32(8 * i, true);
        if (view.getInt32(8 * i + 4, true) !== low >> 31) return { flaw: 'range', row: i };
        values[i] = low;
      }
      return { values };
    }
  }
}

/** Undefined of what isn't base64, with a padding as its length needs it and nothing between. */
function bytesOf(base64: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(length);
  let [bits, waiting, at] = [0, 0, 0];
  for (let i = 0; i < base64.length && at < length; i++) {
    const value = VALUES[base64.charCodeAt(i)];
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    waiting += 6;
    if (waiting < 8) continue;
    waiting -= 8;
    bytes[at++] = bits >> waiting;
  }
  return bytes;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What each character stands for, by its code. */
const VALUES: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value === -1 ? undefined : value;
});
