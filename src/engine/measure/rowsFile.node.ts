import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { bytesOf, decode, isNative } from '../../readers/arrays/numberType.ts';
import { isOnlyInFloat64, logitOf, shiftOf } from './rowShift.ts';
import {
  type FileOfRows,
  type FileStamp,
  type RowsFile,
  RowsFileError,
  type StampedFile,
} from './rowsFile.ts';

/** Opens a file for one thread, which reads it block by block into the same buffer: it is never held as a whole. */
export function openRowsFile(file: FileOfRows): RowsFile {
  const { offset, type, probabilities, temperature } = file;
  const { read, close } = openFile(file.path, file.stamp);
  const size = bytesOf(type);
  const direct = isNative(type);
  let buffer = new Uint8Array(0);
  return {
    bring({ first, rows }, into) {
      const { length } = into;
      const position = offset + size * first * (length / rows);
      if (direct && into instanceof Float32Array) read(into, position);
      else {
        if (buffer.length < size * length) buffer = new Uint8Array(size * length);
        const bytes = buffer.subarray(0, size * length);
        read(bytes, position);
        decode(bytes, type, into);
      }
      return (probabilities || temperature !== 1) && temper(into, length / rows, file);
    },
    close,
  };
}

/** Makes logits of numbers, row after row of `classes`, each rounded once. True if one is beyond float32. */
function temper(
  numbers: Floats,
  classes: number,
  { probabilities, sigmoid = false, temperature, fromLargest = false }: FileOfRows,
): boolean {
  let isBeyond = false;
  for (let start = 0; start < numbers.length; start += classes) {
    const end = start + classes;
    let most = Number.NEGATIVE_INFINITY;
    if (fromLargest) for (let i = start; i < end; i++) if (numbers[i]! > most) most = numbers[i]!;
    const shift = fromLargest ? shiftOf(most, probabilities) : 0;
    for (let i = start; i < end; i++) {
      const logit = probabilities ? logitOf(numbers[i]!, sigmoid) : numbers[i]!;
      const quotient = (logit - shift) / temperature;
      numbers[i] = quotient;
      if (isOnlyInFloat64(quotient)) isBeyond = true;
    }
  }
  return isBeyond;
}

/** Opens a file to read parts of it, as it was with `stamp` if there is one. Throws RowsFileError, or what Node throws. */
export function openBytes(
  path: string,
  stamp?: FileStamp,
): ByteSource & { readonly stamp: FileStamp; close(): void } {
  const file = openFile(path, stamp);
  return {
    size: file.size,
    stamp: file.stamp,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, file.size - offset)));
      file.read(bytes, offset);
      return bytes;
    },
    close: file.close,
  };
}

/** Throws RowsFileError if another file is there now, or this one was changed. */
export function checkFile({ path, stamp }: StampedFile): void {
  if (stampOf(statSync(path, { bigint: true })) !== stamp) throw new RowsFileError({ reason: 'changed' });
}

interface OpenFile {
  readonly size: number;
  readonly stamp: FileStamp;
  /** Fills `into`. What was read while the file changed isn't given out. */
  readonly read: (into: Uint8Array | Float32Array, position: number) => void;
  readonly close: () => void;
}

/**
 * Opens a file, and nothing else: opening a pipe waits for someone to write, and a device has no end. What it is is asked
 * before, as opening some devices does something, and again of what was opened.
 */
function openFile(path: string, expected: FileStamp | undefined): OpenFile {
  refuseOthers(statSync(path, { bigint: true }));
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor, { bigint: true });
    refuseOthers(stat);
    const stamp = stampOf(stat);
    const changed = () => stampOf(fstatSync(descriptor, { bigint: true })) !== stamp;
    if (expected !== undefined && stamp !== expected) throw new RowsFileError({ reason: 'changed' });
    return {
      size: Number(stat.size),
      stamp,
      read(into, position) {
        const isWhole = readFully(descriptor, into, position);
        if (!isWhole || changed()) throw new RowsFileError({ reason: 'changed' });
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function refuseOthers(stat: BigIntStats): void {
  if (stat.isFile()) return;
  throw new RowsFileError({ reason: 'not-a-file', found: stat.isDirectory() ? 'folder' : 'special' });
}

/** The time of change counts, too: the time of modification can be set, and is by who copies a file with its times. */
function stampOf({ size, mtimeNs, ctimeNs }: BigIntStats): FileStamp {
  return `${size}:${mtimeNs}:${ctimeNs}`;
}

/** False if the file ends before `into` is full. */
function readFully(descriptor: number, into: Uint8Array | Float32Array, position: number): boolean {
  for (let done = 0; done < into.byteLength; ) {
    const read = readSync(descriptor, into, done, into.byteLength - done, position + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}
