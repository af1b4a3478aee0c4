import { areElementsChanged } from '../names/changed/changedElements.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import {
  type Argument,
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  numberOf,
  textOf,
} from '../syntax/syntaxNodes.ts';
import { askedMember } from './askedMembers.ts';
import { Entries } from './dictEntries.ts';
import type { Evaluator } from './evaluator.ts';
import type { Expression } from './expression.ts';
import { asDefault, placeOf, UNKNOWN_VALUE, type Value, via } from './pythonValues.ts';

/** Objects that are made of a dict or of keyword arguments, and read by attribute or key. */
const CONTAINERS = new Set([
  'dict',
  'Namespace',
  'SimpleNamespace',
  'EasyDict',
  'edict',
  'AttrDict',
  'Munch',
  'Box',
  'DotMap',
  'ConfigDict',
  'FrozenConfigDict',
  'CfgNode',
  'CN',
  'create',
  'OrderedDict',
  'HParams',
]);

/** Defaults of fields and of options: `field(default=0.1)`, `Field(0.1)`, `Option(0.1)`. */
const DEFAULTS = new Set(['field', 'Field', 'Option', 'Argument', 'ib', 'attrib', 'Factory']);
const PARSES = new Set(['parse_args', 'parse_known_args', 'parse_args_into_dataclasses']);
const CONVERSIONS = new Set([
  'float',
  'Decimal',
  'abs',
  'float32',
  'float64',
  'tensor',
  'as_tensor',
  'Tensor',
  'FloatTensor',
  'array',
  'asarray',
  'constant',
]);

/** Methods that leave the numbers of a tensor, and a model or a loss, as they are. */
const MOVES = new Set(['to', 'cuda', 'cpu', 'float', 'double', 'half', 'train', 'eval']);

/** What a call gives, as far as it's one of a few that are known. */
export function callValue(evaluator: Evaluator, call: Expression): Value {
  const { node, scope } = call;
  const callee = calleeOf(node);
  if (!callee) return UNKNOWN_VALUE;
  const { text: code } = scope.module;
  const name = dottedOf(callee, code)?.split('.').at(-1) ?? '';
  const given = argumentsOf(argListOf(node), code);
  const argument = (index: number, keyword?: string) => argumentOf(given, index, keyword, scope);
  const valueFor = (expression: Expression | undefined) =>
    expression ? evaluator.evaluate(expression) : UNKNOWN_VALUE;
  if (PARSES.has(name)) return { kind: 'settings' };
  if (CONVERSIONS.has(name)) return converted(valueFor(argument(0)));
  if (DEFAULTS.has(name)) return valueFor(argument(0, 'default'));
  if ((name === 'int' || name === 'round') && given.length === 1) {
    const value = valueFor(argument(0));
    if (value.kind !== 'number') return UNKNOWN_VALUE;
    const whole = name === 'int' ? Math.trunc(value.value) : roundedToEven(value.value);
    return { ...value, value: whole, integer: true, token: null };
  }
  if (name === 'len') return lengthOf(valueFor(argument(0)), argument(0), call);
  // `vars(args)["smoothing"]`
  if (name === 'vars' && given.length === 1) return valueFor(argument(0));
  if (name === 'getattr')
    return askedMember(evaluator, argument(0), valueFor(argument(1)), argument(2), call);
  if (name === 'get' && callee.name === 'MemberExpression' && callee.firstChild) {
    const object = { node: callee.firstChild, scope };
    return askedMember(evaluator, object, valueFor(argument(0)), argument(1), call);
  }
  // What is set where it runs may be something else.
  if (name === 'getenv') return asDefault(valueFor(argument(1, 'default')));
  const { firstChild, lastChild } = callee;
  if (callee.name === 'MemberExpression' && firstChild && lastChild && MOVES.has(textOf(lastChild, code))) {
    const moved = evaluator.evaluate({ node: firstChild, scope });
    if (/^(?:sequence|instance|result|made)$/.test(moved.kind)) return moved;
  }
  if (CONTAINERS.has(name)) return container(evaluator, given, scope);
  const value = evaluator.settled(evaluator.evaluate({ node: callee, scope }));
  if (value.kind === 'definition' && value.scope.kind === 'class')
    return {
      kind: 'instance',
      of: value.scope,
      given: givenTo(call, value.scope),
      ...(given.some(({ star }) => star !== '') && { isDefault: true }),
    };
  if (value.kind === 'definition' && value.scope.kind === 'function')
    return { kind: 'made', by: value.scope, call };
  if (value.kind !== 'path') return UNKNOWN_VALUE;
  return name === 'partial' && given[0]
    ? { kind: 'partial', callee: evaluator.evaluate({ node: given[0].value, scope }), call }
    : { kind: 'result', of: value, call };
}

/** The arguments of a call by the names of the parameters of what is called. */
function givenTo({ node, scope }: Expression, of: Scope): ReadonlyMap<string, Expression> {
  const init = of.kind === 'class' ? of.bindings.get('__init__')?.at(-1) : undefined;
  const names =
    of.kind === 'function'
      ? of.parameters.map(({ name }) => name)
      : init?.kind === 'definition'
        ? init.defined.parameters.slice(1).map(({ name }) => name)
        : [...of.bindings]
            .filter(([, [first]]) => first?.kind === 'value' && first.annotated)
            .map(([name]) => name);
  const given = new Map<string, Expression>();
  argumentsOf(argListOf(node), scope.module.text).forEach(({ name, star, value }, index) => {
    const parameter = name ?? names[index];
    if (star === '' && parameter !== undefined) given.set(parameter, { node: value, scope });
  });
  return given;
}

function argumentOf(
  given: readonly Argument[],
  index: number,
  keyword: string | undefined,
  scope: Scope,
): Expression | undefined {
  const argument =
    given.find(({ name }) => keyword !== undefined && name === keyword) ??
    given.filter(({ name, star }) => name === null && star === '')[index];
  return argument && { node: argument.value, scope };
}

function converted(value: Value): Value {
  if (value.kind === 'number') return { ...value, integer: false };
  if (value.kind !== 'text') return value.kind === 'sequence' ? value : UNKNOWN_VALUE;
  const number = numberOf(value.text.trim());
  return Number.isNaN(number)
    ? UNKNOWN_VALUE
    : {
        kind: 'number',
        value: number,
        integer: false,
        ...(value.isDefault && { isDefault: true }),
        origins: [],
        token: null,
      };
}

/** Python's round(): what is halfway between two goes to the even one. */
function roundedToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

function lengthOf(value: Value, of: Expression | undefined, { node, scope }: Expression): Value {
  // Words are put into a dict as they're found.
  const name = of && (dottedOf(of.node, scope.module.text) ?? '').split('.').at(-1);
  const isFilled =
    name !== undefined &&
    (value.kind === 'mapping'
      ? areElementsChanged(name, scope.module)
      : value.kind === 'sequence' && areElementsChanged(name, scope.module, true));
  if (isFilled) return UNKNOWN_VALUE;
  const length =
    value.kind === 'sequence' ? value.elements.length : value.kind === 'mapping' ? value.entries.size : null;
  if (length === null) return UNKNOWN_VALUE;
  const number: Value = { kind: 'number', value: length, integer: true, origins: [], token: null };
  return via(number, 'arithmetic', scope.module.text.slice(node.from, node.to), placeOf(scope.module, node));
}

/** Dicts that are put into one. */
const MOST_PARTS = 16;

/** `dict(a=1)`, `EasyDict({'a': 1})`, `Namespace(**{'a': 1})` */
function container(evaluator: Evaluator, given: readonly Argument[], scope: Scope): Value {
  const own = new Map<string, Expression>();
  const parts: Entries[] = [];
  let isKnown = true;
  for (const { name, star, value } of given) {
    if (name !== null) {
      own.set(name, { node: value, scope });
      continue;
    }
    if (parts.length === MOST_PARTS) return UNKNOWN_VALUE;
    const inner = star === '*' ? UNKNOWN_VALUE : evaluator.evaluate({ node: value, scope });
    if (inner.kind === 'mapping') parts.push(inner.entries);
    else isKnown = false;
  }
  const entries = Entries.merged([...parts, Entries.of(own, own.size)], isKnown);
  return entries ? { kind: 'mapping', entries } : UNKNOWN_VALUE;
}
