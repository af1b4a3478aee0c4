import { SLICE, type Work } from '../../../loss/work.ts';

/** A tensor as the header has it: offsets count from the end of the header. */
export interface Tensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly offsets: readonly [begin: number, end: number];
}

/** What a header has; or a key that is in it twice; or neither, if it isn't what it should be. */
interface SafetensorsHeader {
  readonly tensors?: readonly Tensor[];
  readonly twice?: string;
}

/** A value in the header: byte offsets [start, end). */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const METADATA = '__metadata__';
/** What is said of one tensor is never longer. */
const LONGEST_TENSOR = 1 << 16;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const decoder = new TextDecoder();

/** Reads the JSON of a header, strictly: of a key that is there twice nobody knows which one counts. */
export function* readSafetensorsHeader(bytes: Uint8Array): Work<SafetensorsHeader> {
  try {
    const tensors: Tensor[] = [];
    const twice = yield* eachMember(bytes, 0, bytes.length, (member) =>
      member.key === METADATA ? readMetadata(bytes, member) : tensorOf(bytes, member, tensors),
    );
    return twice === undefined ? { tensors } : { twice };
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Returns a key of the metadata that is there twice. Throws a SyntaxError unless it's of strings. */
function readMetadata(bytes: Uint8Array, { start, end }: Member): Work<string | undefined> {
  return eachMember(bytes, start, end, (entry) => {
    if (typeof parsed(bytes, entry.start, entry.end) !== 'string') throw new SyntaxError();
    return undefined;
  });
}

/** Adds a tensor; returns a key of it that is there twice. Throws a SyntaxError if it's none. */
function tensorOf(bytes: Uint8Array, { key, start, end }: Member, tensors: Tensor[]): string | undefined {
  if (end - start > LONGEST_TENSOR) throw new SyntaxError();
  const keys = new Set<string>();
  for (const member of membersIn(bytes, start, end)) {
    if (keys.has(member.key)) return member.key;
    keys.add(member.key);
  }
  const value: unknown = parsed(bytes, start, end);
  if (typeof value !== 'object' || value === null) throw new SyntaxError();
  const {
    dtype,
    shape,
    data_offsets: offsets,
  }: { dtype?: unknown; shape?: unknown; data_offsets?: unknown } = value;
  if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2)
    throw new SyntaxError();
  tensors.push({ name: key, dtype, shape, offsets: [offsets[0]!, offsets[1]!] });
  return undefined;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** Takes the members of an object one by one, until `take` returns a key that is there twice, or one is. */
function* eachMember(
  bytes: Uint8Array,
  start: number,
  end: number,
  take: (member: Member) => string | undefined | Work<string | undefined>,
): Work<string | undefined> {
  const keys = new Set<string>();
  let nextYield = start;
  for (const member of membersIn(bytes, start, end)) {
    if (member.end >= nextYield) {
      yield member.end / bytes.length;
      nextYield = member.end + SLICE;
    }
    if (keys.has(member.key)) return member.key;
    keys.add(member.key);
    const taken = take(member);
    const twice = typeof taken === 'object' ? yield* taken : taken;
    if (twice !== undefined) return twice;
  }
  return undefined;
}

/** The members of the object that is all of [start, end). Their values are found by their brackets; what is in them isn't looked at. */
function* membersIn(bytes: Uint8Array, start: number, end: number): Generator<Member> {
  const expect = (offset: number, byte: number) => {
    if (offset >= end || bytes[offset] !== byte) throw new SyntaxError();
    return skipSpace(bytes, offset + 1, end);
  };
  let offset = expect(start, OPEN);
  for (let first = true; bytes[offset] !== CLOSE || offset >= end; first = false) {
    if (!first) offset = expect(offset, COMMA);
    const keyEnd = valueEnd(bytes, offset, end);
    if (bytes[offset] !== QUOTE) throw new SyntaxError();
    const key = parsed(bytes, offset, keyEnd) as string;
    offset = expect(skipSpace(bytes, keyEnd, end), COLON);
    const valueStart = offset;
    offset = valueEnd(bytes, offset, end);
    yield { key, start: valueStart, end: offset };
    offset = skipSpace(bytes, offset, end);
  }
  if (skipSpace(bytes, offset + 1, end) !== end) throw new SyntaxError();
}

/** After the value at `start`, if it is one. */
function valueEnd(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  for (let offset = start; offset < end; offset++) {
    const byte = bytes[offset]!;
    if (byte === QUOTE) {
      for (offset++; offset < end && bytes[offset] !== QUOTE; offset++)
        if (bytes[offset] === BACKSLASH) offset++;
    } else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE || byte === CLOSE_LIST) depth--;
    // A number or a word ends before this, a string or a bracket with it.
    const isOver = depth < 0 || (depth === 0 && (byte === COMMA || isSpace(byte)));
    if (isOver) return offset;
    if (depth === 0 && (byte === QUOTE || byte === CLOSE || byte === CLOSE_LIST)) return offset + 1;
  }
  throw new SyntaxError();
}

function parsed(bytes: Uint8Array, start: number, end: number): unknown {
  return JSON.parse(decoder.decode(bytes.subarray(start, end)));
}

function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let offset = start;
  while (offset < end && isSpace(bytes[offset]!)) offset++;
  return offset;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
