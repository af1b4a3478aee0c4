import type { SiteArgument } from '../../question.ts';
import { RaisedError, StopError } from '../../run/endings.ts';
import { Int, List, type PyValue, Unknown } from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';
import type { Conditions } from './conditions.ts';

/** What an argument of the call is, evaluated in the module of the call. */
export function siteValue(
  { run, unknown }: Pick<Conditions, 'run' | 'unknown'>,
  argument: SiteArgument,
): PyValue {
  const { name, value } = argument;
  const what = name ?? 'an argument';
  if (unknown.has(argument) || value.is === 'unknown') return new Unknown({ from: 0, to: 0 }, what);
  if (value.is === 'value') {
    const known = value.value;
    return typeof known === 'object' && known !== null ? new Int(known.int) : known;
  }
  const before = run.at;
  try {
    const known = run.evaluateNode(value.node, run.moduleNames(value.source));
    if (known instanceof Unknown) unknown.add(argument);
    return known;
  } catch (error) {
    if (!(error instanceof StopError || error instanceof RaisedError)) throw error;
    unknown.add(argument);
    return new Unknown(before, what);
  }
}

/** A number or a text isn't what losses are computed of. */
export function mayBeTensor(value: PyValue): boolean {
  return value instanceof Unknown || value instanceof PyTensor || value instanceof List;
}
