import { callAny } from '../../run/calls.ts';
import { RaisedError } from '../../run/endings.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import { Bound, Instance, Int, type PyValue } from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';

/** Calls that counters of an object are put ahead by. */
const AHEAD = 100_000;

/** Calls it, and once more: a loss that gives another result the second time, or after many, has targets that change. */
export function calledTwice(
  run: Interpreter,
  callee: PyValue,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  const tensors = [...positional, ...named.values()].filter((value) => value instanceof PyTensor);
  const before = tensors.map((tensor) => tensor.values());
  const value = callAny(run, callee, positional, named);
  if (!(value instanceof PyTensor)) return value;
  const first = value.values();
  const counters = countersOf(callee);
  const again = () => {
    for (const [i, tensor] of tensors.entries()) tensor.data.set(before[i]!);
    const result = callAny(run, callee, positional, named);
    const same =
      result instanceof PyTensor && result.values().every((x, i) => Object.is(x, first[i]) || x === first[i]);
    if (!same) throw run.stop('changes');
    return result;
  };
  const result = again();
  if (!putAhead(callee, counters)) return result;
  try {
    return again();
  } catch (error) {
    if (error instanceof RaisedError) throw run.stop('changes');
    throw error;
  }
}

/** Numbers that an object keeps, by name. */
function countersOf(callee: PyValue): Map<string, number> {
  const found = new Map<string, number>();
  if (!(callee instanceof Bound && callee.self instanceof Instance)) return found;
  for (const [name, value] of callee.self.attributes) {
    if (typeof value === 'number') found.set(name, value);
    else if (value instanceof Int) found.set(name, value.value);
    else if (value instanceof PyTensor && value.size === 1) found.set(name, value.item());
  }
  return found;
}

/** What a call changed is as it would be after many more. False if it changed nothing. */
function putAhead(callee: PyValue, before: ReadonlyMap<string, number>): boolean {
  if (!(callee instanceof Bound && callee.self instanceof Instance)) return false;
  const { attributes } = callee.self;
  let any = false;
  for (const [name, now] of countersOf(callee)) {
    const step = now - (before.get(name) ?? now);
    if (step === 0 || !Number.isFinite(step)) continue;
    any = true;
    const value = attributes.get(name);
    const later = now + AHEAD * step;
    if (value instanceof PyTensor) value.data[value.offset] = later;
    else attributes.set(name, value instanceof Int ? new Int(later) : later);
  }
  return any;
}
