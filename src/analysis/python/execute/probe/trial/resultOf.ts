import { asTensor, plainNumber, stopBy } from '../../run/collections.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import { Dict, Instance, List, type PyValue, Tuple, Unknown } from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';

/** The loss of what is returned: the first of several, the one called so. */
export function resultOf(run: Interpreter, value: PyValue): PyTensor {
  if (value instanceof PyTensor) return value;
  if (typeof value === 'number') return new PyTensor(Float64Array.of(value), [], 'float', 'numpy');
  if (value instanceof Unknown) throw stopBy(run, value);
  // Numbers of one row.
  if (value instanceof List && value.items.every((item) => plainNumber(item) !== undefined)) {
    const row = asTensor(run, value, 'numpy');
    if (row && row.size > 1) return row;
  }
  if (value instanceof Tuple || value instanceof List) return resultOf(run, value.items[0] ?? null);
  if (value instanceof Dict) {
    const entries = [...value.entries.values()];
    const named =
      entries.find(([key]) => key === 'loss') ??
      entries.find(([key]) => typeof key === 'string' && /loss/i.test(key));
    return resultOf(run, (named ?? entries[0])?.[1] ?? null);
  }
  if (value instanceof Instance && value.attributes.has('loss'))
    return resultOf(run, value.attributes.get('loss')!);
  throw run.stop('other');
}
