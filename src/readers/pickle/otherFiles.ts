import type { OtherFile } from '../readProblem.ts';

/** Bytes that a file of some kind begins with. `at`: where they are, if not at its start. */
interface FileSign {
  readonly kind: OtherFile;
  readonly bytes: readonly number[];
  readonly at?: number;
}

const ascii = (text: string): readonly number[] => Array.from(text, (each) => each.charCodeAt(0));

const SIGNS: readonly FileSign[] = [
  { kind: 'npy', bytes: [0x93, ...ascii('NUMPY')] },
  { kind: 'hdf5', bytes: [0x89, ...ascii('HDF'), 0x0d, 0x0a] },
  { kind: 'matlab', bytes: ascii('MATLAB 5.0 MAT-file') },
  { kind: 'gzip', bytes: [0x1f, 0x8b] },
  { kind: 'bzip2', bytes: ascii('BZh') },
  { kind: 'xz', bytes: [0xfd, ...ascii('7zXZ'), 0] },
  // The older format of the same program.
  { kind: 'xz', bytes: [0x5d, 0, 0] },
  { kind: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { kind: 'lz4', bytes: [0x04, 0x22, 0x4d, 0x18] },
  { kind: 'git-lfs', bytes: ascii('version https://git-lfs') },
  // PyTorch 0.1 wrote tar files.
  { kind: 'torch-tar', bytes: ascii('ustar'), at: 257 },
];

/** How much of a file has to be seen to know what it is. */
export const SIGN_BYTES = 512;

/** What a file is by its first bytes, if it's something that is known and isn't a pickle. */
export function otherFileOf(head: Uint8Array): OtherFile | undefined {
  return SIGNS.find(({ bytes, at = 0 }) => bytes.every((byte, i) => head[at + i] === byte))?.kind;
}

/** True for a zip file, an empty one too. */
export function isZip(head: Uint8Array): boolean {
  return (
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
  );
}

/** True for what zlib writes, as joblib does: a header of two bytes that are a multiple of 31. */
export function isZlib(head: Uint8Array): boolean {
  return head[0] === 0x78 && ((head[0] << 8) | (head[1] ?? 0)) % 31 === 0;
}

/** True for what may be a pickle: a protocol, or one of the instructions that older ones begin with. */
export function mayBePickle(head: Uint8Array): boolean {
  const [first, second] = head;
  if (first === 0x80) return second !== undefined && second < 0x20;
  return first !== undefined && '(]}cNIFLVSKJMGXUTi.)'.includes(String.fromCharCode(first));
}
