import type { Floats } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Work } from '../../loss/work.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { bytesOf, type NumberType } from './numberType.ts';

/** Where the numbers of an array are in their file. */
export type Stored =
  /** One after the other from `offset` on. `checked`: the part of the file that has to have this checksum. */
  | { readonly offset: number; readonly checked?: ChecksummedBytes }
  /** Compressed, all of `entry`; they begin `skip` bytes after the start of what comes out. */
  | { readonly deflated: Deflated; readonly skip: number }
  /** Known to the reader of the format: in C order, from `bytes` of the file. */
  | { readonly fill: FillsArray; readonly bytes: number };

/** Reads all numbers of an array into the room that it's given. */
export type FillsArray = <T extends Floats>(allocate: (length: number) => T) => Work<Outcome<T, ReadProblem>>;

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
  /** How many bytes come out of it, and their CRC-32, if that is known. */
  readonly size: number;
  readonly crc: number | undefined;
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
  /** What is known of it if its file is a table. */
  readonly column?: TableColumn;
  /** All of its texts, if it has those. */
  readonly texts?: LoadsTexts;
}

/** Reads the texts of an array. */
export type LoadsTexts = () => Work<Outcome<readonly string[], ReadProblem>>;

/** A column of a table that is a file of its own format, or columns of scores that were put together. */
export interface TableColumn {
  /** What the columns of scores are called: usually classes. */
  readonly names: readonly string[] | null;
  /** One number or text in each row. */
  readonly isColumn: boolean;
  /** False for a name that was made up. */
  readonly isNamed: boolean;
  /** The first of its numbers or texts, as they're shown. */
  readonly first?: () => Work<readonly string[]>;
}

export type ReadableArray = ArrayHeader & { readonly stored: Stored };

/** How many bytes the numbers take. Beyond 2⁵³ not exact, and then more than any file has. */
export function storedBytes({ shape, type }: Pick<ArrayHeader, 'shape' | 'type'>): number {
  return lengthOf(shape) * bytesOf(type);
}
