import { callAny } from '../../run/calls.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import type { PyValue } from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';

/** Calls it, and once more: a loss that gives another result the second time has targets that change. */
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
  for (const [i, tensor] of tensors.entries()) tensor.data.set(before[i]!);
  const again = callAny(run, callee, positional, named);
  const same =
    again instanceof PyTensor && again.values().every((x, i) => Object.is(x, first[i]) || x === first[i]);
  if (!same) throw run.stop('changes');
  return again;
}
