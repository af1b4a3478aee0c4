import { bytesOf, decode, type NumberType } from '../arrays/numberType.ts';
import { damagedFile } from '../columnar/damaged.ts';
import { type HdfObject, MESSAGE } from './hdfObject.ts';

/** More axes than HDF5 has. */
const MOST_AXES = 32;
/** A data set without any numbers. */
const NONE = 2;

/** The shape of a data set. */
export function hdfShape(object: HdfObject): readonly number[] {
  const { file } = object;
  const at = object.find(MESSAGE.dataSpace);
  if (at === undefined) throw damagedFile(object.address);
  const [version, axes] = [file.u8(at), file.u8(at + 1)];
  if (version < 1 || version > 2 || axes > MOST_AXES) throw damagedFile(at);
  if (version === 2 && file.u8(at + 3) === NONE) return [0];
  const first = at + (version === 1 ? 8 : 4);
  return Array.from({ length: axes }, (_, axis) => file.length(first + 8 * axis));
}

/** What stands where no number was written. */
export function fillValueOf(object: HdfObject, type: NumberType): number {
  const { file } = object;
  const at = object.find(MESSAGE.fillValue);
  if (at === undefined) return 0;
  const version = file.u8(at);
  if (version < 1 || version > 3) throw damagedFile(at);
  const isThere = version === 1 || (version === 2 ? file.u8(at + 3) !== 0 : (file.u8(at + 1) & 0x20) !== 0);
  const size = at + (version < 3 ? 4 : 2);
  if (!isThere || file.u32(size) === 0) return 0;
  if (file.u32(size) !== bytesOf(type)) throw damagedFile(size);
  const value = new Float64Array(1);
  decode(file.bytes(size + 4, bytesOf(type)), type, value);
  return value[0]!;
}
