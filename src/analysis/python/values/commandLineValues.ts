import { remembered } from '../../common/remembered.ts';
import { lastWord } from '../../sourceTokens.ts';
import type { SetPlace } from '../names/aliases/alias.ts';
import { type AttributeSet, isConverted, setsOfAttributes } from '../names/changed/setAttributes.ts';
import { setBy } from '../names/hidden/unseenChanges.ts';
import { functionsIn } from '../names/moduleIndex.ts';
import { boundValue } from '../names/nameValues.ts';
import { visible } from '../names/visibleBindings.ts';
import { type Binding, type PyModule, type Scope, statementAt } from '../syntax/pythonScopes.ts';
import { calleeOf, numberOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Definition } from './declaredOptions.ts';
import { declaredIn } from './declaredOptions.ts';
import type { Evaluator } from './evaluator.ts';
import type { Expression } from './expression.ts';
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
  use: Expression,
): Value | undefined {
  if (!HOLDER.test(expression)) return undefined;
  const value = declaredValue(evaluator, module, option);
  const set = value && changeOf(option, use);
  return set ? setBy(set) : value;
}

/** Code that sets it to something else, wherever it's run from; what the code around the use sets is known. */
function changeOf(option: string, { node, scope }: Expression): SetPlace | undefined {
  const set = setsOfAttributes(scope.module)
    .get(option)
    ?.find((each) => {
      if (!HOLDER.test(each.object) || isConverted(each) || isOfItsOwn(each, scope)) return false;
      const isKept = each.object.startsWith('self.');
      return each.scope === scope ? isKept && each.at < node.from : isKept || !isAround(each.scope, scope);
    });
  return set && { span: statementAt(scope.module, set.at), scope: set.scope };
}

/** It's of what another function has parsed for itself, and hands to nobody by returning it. */
function isOfItsOwn({ object, scope: setter, at }: AttributeSet, user: Scope): boolean {
  const { text } = setter.module;
  if (setter.kind !== 'function' || object.includes('.') || setter === user) return false;
  const own = (scope: Scope, offset: number) => {
    const bound = visible(object, scope, offset);
    return (
      bound?.scope === scope && bound.bindings.length > 0 && bound.bindings.every((each) => isParsed(each))
    );
  };
  if (user.kind !== 'function' || !own(setter, at) || !own(user, user.span.to)) return false;
  const written = textOf(setter.span, text);
  return written.length <= LONGEST_FUNCTION && !/\b(?:return|yield|global|nonlocal)\b/.test(written);
}

const LONGEST_FUNCTION = 20_000;

/** By `parser.parse_args()`, or a function of the module that calls that. */
function isParsed(binding: Binding): boolean {
  const { value } = binding.kind === 'value' ? binding : {};
  const callee = value?.name === 'CallExpression' ? calleeOf(value) : null;
  if (!callee) return false;
  const { module } = binding.scope;
  const name = lastWord(textOf(callee, module.text));
  if (name === 'parse_args') return true;
  const made = callee.name === 'VariableName' ? functionsIn(module).get(name) : undefined;
  return made !== undefined && made.decorators.length === 0 && returnsParsed(made);
}

const returnsParsed = remembered(({ span, module }: Scope): boolean => {
  const text = textOf(span, module.text);
  return text.length <= LONGEST_FUNCTION && text.includes('parse_args(') && !text.includes('global ');
});

function isAround(outer: Scope, scope: Scope): boolean {
  for (let each: Scope | null = scope; each; each = each.parent) if (each === outer) return true;
  return false;
}

function declaredValue(evaluator: Evaluator, module: PyModule, option: string): Value | undefined {
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
