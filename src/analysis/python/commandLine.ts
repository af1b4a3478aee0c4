import { boundValue } from './names.ts';
import type { Resolver } from './resolver.ts';
import type { CallSite, PyModule } from './scopes.ts';
import { type Argument, argListOf, argumentsOf, stringOf } from './syntax.ts';
import { agreed, placeOf, type Value, via } from './values.ts';

const DEFINES = /^(?:add_argument|add_arg|add|DEFINE_(?:float|integer|bool|boolean|string))$/;
/** Objects that hold what a command line or a file was parsed to. */
const HOLDER =
  /(?:^|[._])(?:args?|opts?|options?|cfg|conf|config|flags|hps?|hparams|params?|settings|ns|self)\b/i;

/**
 * The default of the option that is called so: argparse and absl in the same file, or the one field of that name of a dataclass.
 * Undefined if nothing defines it, or the object isn't named like one that holds options.
 */
export function commandLineValue(
  resolver: Resolver,
  module: PyModule,
  option: string,
  expression: string,
): Value | undefined {
  if (!HOLDER.test(expression)) return undefined;
  for (const each of resolver.around(module)) {
    const values = each.calls
      .filter(({ name }) => DEFINES.test(name) || name === 'set_defaults')
      .flatMap((call) => defaultOf(resolver, call, option));
    if (values.length > 0) return agreed(values);
    const fields = fieldsNamed(resolver, each, option);
    if (fields.length === 1) return fields[0];
  }
  return undefined;
}

function defaultOf(resolver: Resolver, { node, name, scope }: CallSite, option: string): readonly Value[] {
  const { text: code } = scope.module;
  const given = argumentsOf(argListOf(node), code);
  const keyword = (key: string) => given.find((argument) => argument.name === key)?.value;
  if (name === 'set_defaults') {
    const value = keyword(option);
    return value
      ? [via(resolver.evaluate({ node: value, scope }), 'flag', option, placeOf(scope.module, value))]
      : [];
  }
  const positional = given.filter((argument) => argument.name === null && argument.star === '');
  const flags = positional.map(({ value }) => stringOf(value, code));
  const absl = name.startsWith('DEFINE_');
  const dest = keyword('dest');
  const chosen = (dest && stringOf(dest, code)) ?? destinationOf(absl ? flags.slice(0, 1) : flags);
  if (chosen !== option) return [];
  const value = keyword('default') ?? (absl ? positional[1]?.value : undefined);
  if (!value) return [flagWithout(given, code)];
  const flag = flags.find((each) => each?.startsWith('--')) ?? flags[0] ?? option;
  return [via(resolver.evaluate({ node: value, scope }), 'flag', flag, placeOf(scope.module, value))];
}

/** `--label-smoothing` is args.label_smoothing. */
export function destinationOf(flags: readonly (string | undefined)[]): string | undefined {
  const flag = flags.find((each) => each?.startsWith('--')) ?? flags[0];
  return flag?.replace(/^-+/, '').replaceAll('-', '_');
}

function flagWithout(given: readonly Argument[], code: string): Value {
  const action = given.find(({ name }) => name === 'action')?.value;
  return action && stringOf(action, code) === 'store_true'
    ? { kind: 'boolean', value: false }
    : { kind: 'unknown' };
}

function fieldsNamed(resolver: Resolver, module: PyModule, option: string): readonly Value[] {
  return module.scopes
    .filter(
      ({ kind, decorators }) =>
        kind === 'class' && decorators.some((each) => /dataclass|define|attr\.s/.test(each)),
    )
    .flatMap((scope) => scope.bindings.get(option)?.slice(-1) ?? [])
    .map((binding) => boundValue(resolver, option, binding));
}
