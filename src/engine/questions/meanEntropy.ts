import type { Layout } from '../../loss/rows/rowLayout.ts';
import type { Work } from '../../loss/work.ts';
import type { Compute } from '../measure/compute.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';

/** The mean entropy of softmax(z/T) over all rows: (1) nats. */
export function* meanEntropy(
  compute: Compute,
  { source, layout }: { readonly source: LogitsSource; readonly layout: Layout },
  temperature: number,
): Work<Float64Array> {
  const rows = { source, layout, targets: null, ignoreIndex: null };
  const { totals } = yield* compute.score(rows, { beta: 1 / temperature, what: 'entropy' });
  return Float64Array.of(totals.entropy / layout.rows);
}
