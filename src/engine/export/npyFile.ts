import { isIgnored } from '../../loss/batch/accuracy.ts';
import { smoothed, smoothingOf } from '../../loss/conventions/smoothing.ts';
import { offsetOf, rowOf } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import { oneHot } from '../../loss/rows/targets.ts';
import { SLICE, type Work } from '../../loss/work.ts';

import type { PanelSpec } from '../../protocol/panelSpec.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What precedes the numbers: a whole number of 64 bytes, as numpy.lib.format says for version 1.0. */
const ALIGNMENT = 64;

/** A .npy file of little-endian numbers, and its bytes to fill with them. */
function npyFile(
  type: '<f4' | '<i8',
  shape: readonly number[],
): { readonly file: Bytes; readonly data: DataView } {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const length = Math.ceil((10 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const size = Number(type.slice(2)) * lengthOf(shape);
  const file = new Uint8Array(length + size);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, (length - 10) & 0xff, (length - 10) >> 8]);
  file.set(new TextEncoder().encode(`${header.padEnd(length - 11)}\n`), 10);
  return { file, data: new DataView(file.buffer, length) };
}

/** The smoothed targets, of the logits' shape, float32; 0 for every class where a row is ignored. */
export function* targetsAsNpy(
  { layout, targets, stats, summary }: MeasuredBatch,
  spec: PanelSpec,
): Work<Bytes> {
  const { rows, classes, inner } = layout;
  const smoothing = smoothingOf(spec, classes);
  const { file, data } = npyFile('<f4', summary.shape);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let row = 0; row < rows; row++) {
    if (row % rowsInSlice === 0) yield row / rows;
    if (isIgnored(stats, row)) continue;
    const label =
      targets.kind === 'soft'
        ? rowOf({ layout, values: targets.values }, row)
        : oneHot(classes, targets.values[row]!);
    const start = offsetOf(layout, row);
    const target = smoothed(label, smoothing);
    for (let k = 0; k < classes; k++) data.setFloat32(4 * (start + k * inner), target[k]!, true);
  }
  return file;
}

/** The class of each row, of the logits' shape without the class axis, int64 as in PyTorch; as given, so the ignore index stays. */
export function* classesAsNpy({ stats, summary }: MeasuredBatch): Work<Bytes> {
  const { shape, classAxis } = summary;
  const { file, data } = npyFile(
    '<i8',
    shape.filter((_, axis) => axis !== classAxis),
  );
  for (let row = 0; row < stats.rows; row++) {
    if (row % SLICE === 0) yield row / stats.rows;
    data.setBigInt64(8 * row, BigInt(stats.target[row]!), true);
  }
  return file;
}
