import { isIgnored } from '../../loss/batch/accuracy.ts';
import { smoothed, smoothingOf } from '../../loss/conventions/smoothing.ts';
import { offsetOf, rowOf } from '../../loss/rows/rowLayout.ts';
import { oneHot } from '../../loss/rows/targets.ts';
import { SLICE, type Work } from '../../loss/work.ts';

import type { PanelSpec } from '../../protocol/panelSpec.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import type { Sink } from './sink.ts';

/** What precedes the numbers: a whole number of 64 bytes, as numpy.lib.format says for version 1.0. */
const ALIGNMENT = 64;

/** What a .npy file of little-endian numbers begins with. */
function npyHeader(type: '<f4' | '<i8', shape: readonly number[]): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const length = Math.ceil((10 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, (length - 10) & 0xff, (length - 10) >> 8]);
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - 11)}\n`), 10);
  return bytes;
}

/** The smoothed targets, of the logits' shape, float32; 0 for every class where a row is ignored. */
export function* targetsAsNpy(
  { layout, targets, stats, summary }: MeasuredBatch,
  spec: PanelSpec,
  sink: Pick<Sink, 'write'>,
): Work<void> {
  const { rows, classes, inner } = layout;
  const smoothing = smoothingOf(spec, classes);
  sink.write(npyHeader('<f4', summary.shape));
  // Rows that lie side by side belong together.
  const most = inner * Math.max(1, Math.floor(SLICE / (classes * inner)));
  const data = new DataView(new ArrayBuffer(4 * classes * Math.min(rows, most)));
  for (let first = 0; first < rows; first += most) {
    yield first / rows;
    const end = Math.min(rows, first + most);
    const bytes = new Uint8Array(data.buffer, 0, 4 * classes * (end - first)).fill(0);
    const before = offsetOf(layout, first);
    for (let row = first; row < end; row++) {
      if (isIgnored(stats, row)) continue;
      const label =
        targets.kind === 'soft'
          ? rowOf({ layout, values: targets.values }, row)
          : oneHot(classes, targets.values[row]!);
      const start = offsetOf(layout, row) - before;
      const target = smoothed(label, smoothing);
      for (let k = 0; k < classes; k++) data.setFloat32(4 * (start + k * inner), target[k]!, true);
    }
    sink.write(bytes);
  }
}

/** The class of each row, of the logits' shape without the class axis, int64 as in PyTorch; as given, so the ignore index stays. */
export function* classesAsNpy({ stats, summary }: MeasuredBatch, sink: Pick<Sink, 'write'>): Work<void> {
  const { shape, classAxis } = summary;
  sink.write(
    npyHeader(
      '<i8',
      shape.filter((_, axis) => axis !== classAxis),
    ),
  );
  for (let first = 0; first < stats.rows; first += SLICE) {
    yield first / stats.rows;
    const part = BigInt64Array.from(stats.target.subarray(first, first + SLICE), BigInt);
    sink.write(new Uint8Array(part.buffer));
  }
}
