import { damaged } from './pickleFault.ts';
import type { PickleValue } from './pickleValues.ts';

/** Integers of more bytes aren't numbers of anyone. */
export const MOST_INTEGER_BYTES = 256;
/** As many decimal digits as that. */
const MOST_DIGITS = 640;

/** An integer in two's complement, little-endian. */
export function integerOf(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  if (bytes.length > 0 && bytes.at(-1)! & 0x80) value -= 1n << BigInt(8 * bytes.length);
  return narrowed(value);
}

/** A number of protocol 0, on a line of its own: "12", "12L", and "01" for True. Throws Unreadable for anything else. */
export function writtenInteger(text: string, offset: number): PickleValue {
  if (text === '00') return false;
  if (text === '01') return true;
  const digits = /^([+-]?\d+)L?$/.exec(text.trim())?.[1];
  if (digits === undefined || digits.length > MOST_DIGITS) throw damaged('number', offset);
  return narrowed(BigInt(digits.replace(/^\+/, '')));
}

/** A number as Python prints it. Throws Unreadable for anything else. */
export function writtenFloat(text: string, offset: number): number {
  const written = text.trim().toLowerCase();
  const special = SPECIAL.get(written.replace(/^[+-]/, ''));
  if (special !== undefined) return written.startsWith('-') ? -special : special;
  if (written.length > MOST_DIGITS || !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/.test(written))
    throw damaged('number', offset);
  return Number(written);
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
]);

/** A whole number of 0 or more that is exact, as a size or a place must be; undefined for anything else. */
export function pickledSize(value: PickleValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
