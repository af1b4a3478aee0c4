import { lengthOf } from '../../loss/rows/shape.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { bytesOf, type NumberType } from './numberType.ts';

/** Where the numbers of an array are in their file. */
export type Stored =
  /** One after the other from `offset` on. `checked`: the part of the file that has to have this checksum. */
  | { readonly offset: number; readonly checked?: ChecksummedBytes }
  /** Compressed, all of `entry`; they begin `skip` bytes after the start of what comes out. */
  | { readonly deflated: Deflated; readonly skip: number };

/** Part of a file, and the CRC-32 that its bytes must have. */
export interface ChecksummedBytes {
  readonly offset: number;
  readonly length: number;
  readonly crc: number;
}

/** A deflated part of a file. */
export interface Deflated {
  readonly offset: number;
  readonly length: number;
  /** How many bytes come out of it, and their CRC-32. */
  readonly size: number;
  readonly crc: number;
}

const MUCH = 1 << 28;
/** Numbers that differ don't become as few bytes. */
const BOMB_RATIO = 16;

/** True for what may be meant to fill the memory: few bytes that become very many. */
export function isBomb({ length, size }: Pick<Deflated, 'length' | 'size'>): boolean {
  return size > MUCH && size > BOMB_RATIO * length;
}

/** What is known of an array before its numbers are read. */
export interface ArrayHeader {
  readonly shape: readonly number[];
  readonly type: NumberType;
  /** Stored with the first axis moving fastest. */
  readonly fortran: boolean;
}

/** An array in a file, by its name; or why it can't be read. `typeName` is in the file's own words. */
export interface ArrayEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly typeName: string;
  readonly content: Outcome<ArrayHeader & { readonly stored: Stored }, ReadProblem>;
}

export type ReadableArray = ArrayHeader & { readonly stored: Stored };

/** How many bytes the numbers take. Beyond 2⁵³ not exact, and then more than any file has. */
export function storedBytes({ shape, type }: Pick<ArrayHeader, 'shape' | 'type'>): number {
  return lengthOf(shape) * bytesOf(type);
}
