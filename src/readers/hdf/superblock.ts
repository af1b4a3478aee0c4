import { damagedFile } from '../columnar/damaged.ts';
import { Unreadable } from '../text/cursor.ts';
import type { HdfBytes } from './hdfBytes.ts';

const SIGNATURE = '\u0089HDF\r\n\u001a\n';
/** Bytes of an address, and of a length. */
const EIGHT = 8;

/** Where the header of the root group is. Throws Unreadable for what isn't an HDF5 file. */
export function rootAddress(file: HdfBytes): number {
  if (!file.says(0, SIGNATURE)) throw new Unreadable({ reason: 'not-format', offset: 0, format: 'hdf5' });
  const version = file.u8(8);
  if (version > 3) throw codec(`superblock ${version}`);
  const isOld = version < 2;
  const [offsets, lengths] = isOld ? [file.u8(13), file.u8(14)] : [file.u8(9), file.u8(10)];
  if (offsets !== EIGHT || lengths !== EIGHT) throw codec(`${8 * offsets}-bit addresses`);
  // Version 1 has another 4 bytes.
  const base = isOld ? 24 + 4 * version : 12;
  // It isn't 0 where other data come before, and then the mark isn't at 0 either.
  if (file.u64(base) !== 0n) throw damagedFile(base);
  const root = file.address(isOld ? base + 40 : base + 24);
  if (root === undefined) throw damagedFile(base);
  return root;
}

function codec(found: string): Unreadable {
  return new Unreadable({ reason: 'codec', offset: 0, found });
}
