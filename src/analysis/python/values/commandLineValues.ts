import { boundValue } from '../names/nameValues.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';
import { numberOf } from '../syntax/syntaxNodes.ts';
import type { Definition } from './declaredOptions.ts';
import { declaredIn } from './declaredOptions.ts';
import type { Evaluator } from './evaluator.ts';
import { agreed, asDefault, placeOf, UNKNOWN_VALUE, type Value, via } from './pythonValues.ts';

/** Objects that hold what a command line or a file was parsed to. */
const HOLDER =
  /(?:^|[._(])(?:args?|opts?|options?|cfg|conf|config|flags|hps?|hparams|params?|settings|ns|self)\b/i;
/** Of an option that is defined more often nobody knows the default, and finding that out would take its time. */
const MOST_DEFINITIONS = 50;

/**
 * The default of the option that is called so: argparse and absl in the same file, or the one field of that name of a dataclass.
 * Undefined if nothing defines it, or the object isn't named like one that holds options.
 */
export function commandLineValue(
  evaluator: Evaluator,
  module: PyModule,
  option: string,
  expression: string,
): Value | undefined {
  if (!HOLDER.test(expression)) return undefined;
  for (const each of evaluator.cells.declaring(option, module)) {
    const { options, fields, given } = declaredIn(each);
    const definitions = options.get(option);
    const values = given.get(option) ?? [];
    if (values.length > MOST_DEFINITIONS) return UNKNOWN_VALUE;
    if (values.length > 0) return agreed(values.map(parsedValue));
    if (definitions && definitions.length > MOST_DEFINITIONS) return UNKNOWN_VALUE;
    if (definitions)
      return asDefault(agreed(definitions.map((definition) => defaultOf(evaluator, definition))));
    const [field, ...more] = fields.get(option) ?? [];
    if (field && more.length === 0) return asDefault(boundValue(evaluator, option, field));
  }
  return undefined;
}

function parsedValue(text: string | undefined): Value {
  const value = text === undefined ? Number.NaN : numberOf(text);
  return Number.isNaN(value)
    ? UNKNOWN_VALUE
    : { kind: 'number', value, integer: Number.isInteger(value), origins: [], token: null };
}

function defaultOf(evaluator: Evaluator, { scope, flag, value }: Definition): Value {
  if ('kind' in value) return value;
  return via(evaluator.evaluate({ node: value, scope }), 'flag', flag, placeOf(scope.module, value));
}
