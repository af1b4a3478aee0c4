import { Random } from './random.ts';
import { encode, type FuzzTarget } from './target.ts';

/** Longer input says nothing more, and takes long. */
const MOST_BYTES = 1 << 16;
/** Where things break: the ends of what fits a field. */
const EDGES = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

type Mutation = (bytes: Uint8Array, random: Random, target: FuzzTarget) => Uint8Array;

/** Cuts the end off. */
const cut: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1));

/** Takes a piece out. */
const remove: Mutation = (bytes, random) => {
  const [start, end] = pieceOf(bytes, random);
  return spliced(bytes, start, end, new Uint8Array());
};

/** Changes some bytes, or bits of them. */
const changeBytes: Mutation = (bytes, random) => {
  const changed = bytes.slice();
  for (let left = 1 + random.below(8); left > 0 && changed.length > 0; left--) {
    const at = random.below(changed.length);
    if (random.oneIn(2)) changed[at] = random.below(256);
    else changed[at]! ^= 1 << random.below(8);
  }
  return changed;
};

/** Writes a number at the edge of a field over what is there. */
const changeField: Mutation = (bytes, random) => {
  const changed = bytes.slice();
  const size = random.of([1, 2, 4, 8]);
  if (changed.length < size) return changed;
  const at = random.below(changed.length - size + 1);
  const value = BigInt(random.of(EDGES)) * BigInt(random.of([1, 1, 1, 2 ** 20, 2 ** 32]));
  const view = new DataView(changed.buffer, at, size);
  for (let i = 0; i < size; i++) view.setUint8(i, Number((value >> BigInt(8 * i)) & 0xffn));
  return changed;
};

/** Puts something that has a meaning anywhere, or in place of what is there. */
const addToken: Mutation = (bytes, random, { tokens }) => {
  const token = random.of(tokens);
  const start = random.below(bytes.length + 1);
  const end = random.oneIn(3) ? Math.min(bytes.length, start + random.below(12)) : start;
  return spliced(bytes, start, end, typeof token === 'string' ? encode(token) : token);
};

/** Says a piece over and over. */
const repeat: Mutation = (bytes, random) => {
  const [start, end] = pieceOf(bytes, random);
  if (start === end) return bytes;
  const times = Math.min(2 ** (1 + random.below(14)), Math.floor(MOST_BYTES / (end - start)));
  const repeated = new Uint8Array(times * (end - start));
  for (let i = 0; i < times; i++) repeated.set(bytes.subarray(start, end), i * (end - start));
  return spliced(bytes, start, end, repeated);
};

/** Puts a piece of another sample, or of the same, anywhere. */
const splice: Mutation = (bytes, random, { samples }) => {
  const other = random.oneIn(4) ? bytes : random.of(samples);
  const [start, end] = pieceOf(other, random);
  const at = random.below(bytes.length + 1);
  const until = random.oneIn(2) ? at : Math.min(bytes.length, at + random.below(end - start + 1));
  return spliced(bytes, at, until, other.subarray(start, end));
};

const MUTATIONS: readonly Mutation[] = [
  addToken,
  addToken,
  addToken,
  changeBytes,
  changeBytes,
  changeField,
  splice,
  splice,
  remove,
  remove,
  repeat,
  cut,
];

/** An input for a seed, always the same: a sample that was changed in some ways, or only things with a meaning in a row. */
export function mutated(target: FuzzTarget, seed: number): Uint8Array {
  const random = new Random(seed);
  let bytes = random.oneIn(12) ? new Uint8Array() : random.of(target.samples);
  if (bytes.length === 0)
    for (let left = random.below(40); left > 0; left--) bytes = addToken(bytes, random, target);
  for (let left = 1 + random.below(random.oneIn(3) ? 12 : 3); left > 0; left--)
    bytes = random.of(MUTATIONS)(bytes, random, target).subarray(0, MOST_BYTES);
  return bytes;
}

/** How many inputs there are that are a sample up to a certain byte. */
export function countTruncations({ samples }: FuzzTarget): number {
  return samples.reduce((sum, { length }) => sum + length, 0);
}

export function truncated({ samples }: FuzzTarget, index: number): Uint8Array {
  let left = index;
  for (const sample of samples) {
    if (left < sample.length) return sample.subarray(0, left);
    left -= sample.length;
  }
  throw new RangeError(`There is no truncation ${index}`);
}

function pieceOf(bytes: Uint8Array, random: Random): [start: number, end: number] {
  const start = random.below(bytes.length + 1);
  const most = random.oneIn(4) ? bytes.length : 24;
  return [start, Math.min(bytes.length, start + random.below(most + 1))];
}

function spliced(bytes: Uint8Array, start: number, end: number, piece: Uint8Array): Uint8Array {
  const result = new Uint8Array(start + piece.length + bytes.length - end);
  result.set(bytes.subarray(0, start));
  result.set(piece, start);
  result.set(bytes.subarray(end), start + piece.length);
  return result;
}
