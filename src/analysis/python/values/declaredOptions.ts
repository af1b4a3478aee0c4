import type { SyntaxNode } from '@lezer/common';
import type { Binding, CallSite, PyModule, Scope } from '../syntax/pythonScopes.ts';
import type { Argument } from '../syntax/syntaxNodes.ts';
import { argListOf, argumentsOf, elementsOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Value } from './pythonValues.ts';
import { UNKNOWN_VALUE } from './pythonValues.ts';

const DEFINES = /^(?:add_argument|add_arg|add|DEFINE_(?:float|integer|bool|boolean|string))$/;

/** What a module says about options, by their names. */
interface Declared {
  readonly options: ReadonlyMap<string, readonly Definition[]>;
  /** Fields of dataclasses. */
  readonly fields: ReadonlyMap<string, readonly Binding[]>;
  /** What a parser is given for them in place of the command line, each value once; undefined for what isn't told. */
  readonly given: ReadonlyMap<string, readonly (string | undefined)[]>;
}

/** A call that defines an option, or sets its default. */
export interface Definition {
  readonly scope: Scope;
  /** The option as it's written: `--label-smoothing`. */
  readonly flag: string;
  /** The default, or what there is without one. */
  readonly value: SyntaxNode | Value;
}

const known = new WeakMap<PyModule, Declared>();

export function declaredIn(module: PyModule): Declared {
  let declared = known.get(module);
  if (!declared) {
    const options = grouped(module.calls.flatMap(definitionsIn));
    declared = {
      options,
      fields: grouped(module.scopes.flatMap(fieldsIn)),
      given: givenFor(options, grouped(module.calls.flatMap(parsedIn))),
    };
    known.set(module, declared);
  }
  return declared;
}

/** By option: `dest` may call it otherwise than its flag does. */
function givenFor(
  options: Declared['options'],
  parsed: ReadonlyMap<string, readonly (string | undefined)[]>,
): Declared['given'] {
  const given = new Map<string, readonly (string | undefined)[]>();
  if (parsed.size === 0) return given;
  for (const [option, definitions] of options) {
    const flags = new Set(definitions.map(({ flag }) => flag.replace(/^-+/, '').replaceAll('-', '_')));
    const values = new Set([...flags].flatMap((flag) => parsed.get(flag) ?? []));
    if (values.size > 0) given.set(option, [...values]);
  }
  return given;
}

function grouped<T>(items: readonly (readonly [name: string, item: T])[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [name, item] of items) {
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

function definitionsIn({ node, name, scope }: CallSite): readonly (readonly [string, Definition])[] {
  if (!DEFINES.test(name) && name !== 'set_defaults') return [];
  const { text: code } = scope.module;
  const given = argumentsOf(argListOf(node), code);
  if (name === 'set_defaults')
    return given.flatMap(({ name: option, value }) =>
      option === null ? [] : [[option, { scope, flag: option, value }] as const],
    );
  const positional = given.filter((argument) => argument.name === null && argument.star === '');
  const flags = positional.map(({ value }) => stringOf(value, code));
  const keyword = (key: string) => given.find((argument) => argument.name === key)?.value;
  const absl = name.startsWith('DEFINE_');
  const dest = keyword('dest');
  const option = (dest && stringOf(dest, code)) ?? destinationOf(absl ? flags.slice(0, 1) : flags);
  if (option === undefined) return [];
  const flag = flags.find((each) => each?.startsWith('--')) ?? flags[0] ?? option;
  const value = keyword('default') ?? (absl ? positional[1]?.value : undefined) ?? flagWithout(given, code);
  return [[option, { scope, flag, value }]];
}

/** `--label-smoothing` is args.label_smoothing. */
function destinationOf(flags: readonly (string | undefined)[]): string | undefined {
  const flag = flags.find((each) => each?.startsWith('--')) ?? flags[0];
  return flag?.replace(/^-+/, '').replaceAll('-', '_');
}

function flagWithout(given: readonly Argument[], code: string): Value {
  const action = given.find(({ name }) => name === 'action')?.value;
  return action && stringOf(action, code) === 'store_true'
    ? { kind: 'boolean', value: false }
    : UNKNOWN_VALUE;
}

/** `parse_args(["--label-smoothing", "0.3"])`, `parse_args("--label-smoothing 0.3".split())` */
function parsedIn({
  node,
  name,
  scope,
}: CallSite): readonly (readonly [option: string, value: string | undefined])[] {
  if (name !== 'parse_args' && name !== 'parse_known_args') return [];
  const { text: code } = scope.module;
  const list = argumentsOf(argListOf(node), code).find((each) => each.name === 'args' || each.name === null);
  if (list?.star !== '') return [];
  const elements = list.value.name === 'ArrayExpression' ? elementsOf(list.value) : undefined;
  const pieces: readonly (string | undefined)[] = elements
    ? elements.map((each) => stringOf(each, code) ?? undefined)
    : textOf(list.value, code)
        .slice(0, LONGEST_LINE)
        .split(/[\s"',[\]()]+/);
  return pieces.slice(0, MOST_PIECES).flatMap((piece, i) => {
    const [flag = '', value] = piece?.startsWith('--') ? piece.split('=') : [];
    return flag === '' ? [] : [[destinationOf([flag])!, value ?? pieces[i + 1]] as const];
  });
}

/** Of a command line that is written as one string: characters, and words. */
const LONGEST_LINE = 4000;
const MOST_PIECES = 400;

function fieldsIn({ kind, decorators, bindings }: Scope): readonly (readonly [string, Binding])[] {
  if (kind !== 'class' || !decorators.some((each) => /dataclass|define|attr\.s/.test(each))) return [];
  return Array.from(bindings, ([name, places]) => [name, places.at(-1)!] as const);
}
