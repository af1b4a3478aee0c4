import { remembered } from '../../../common/remembered.ts';
import type { Scope } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf } from '../../syntax/syntaxNodes.ts';
import { callsByName, callsOf } from '../moduleIndex.ts';
import { objectsMeant } from './objectsMeant.ts';

/** A function that is called more often may be given anything: as many functions of its name, each with as many calls, would take too long. */
const MOST_CALLS = 256;

/** What a parameter is given in all calls: names, and `.criterion` for `self.criterion`. Null if that may be anything. */
export function namesHanded(to: Scope, parameter: string): ReadonlySet<string> | null {
  const known = found(to);
  const before = known.get(parameter);
  if (before !== undefined) return before;
  const names = namesGivenFor(parameter, to);
  known.set(parameter, names);
  return names;
}

/** Of the parameters of a function. */
const found = remembered((_: Scope) => new Map<string, ReadonlySet<string> | null>());

function namesGivenFor(parameter: string, to: Scope): ReadonlySet<string> | null {
  const { module } = to;
  const isMethod = to.parent?.kind === 'class';
  const index = to.parameters.findIndex((each) => each.name === parameter) - (isMethod ? 1 : 0);
  const calls = isMethod ? (callsByName(module).get(to.name) ?? []) : callsOf(module, to.name);
  if (calls.length > MOST_CALLS) return null;
  const names = calls.flatMap(({ node }) => {
    const given = argumentsOf(argListOf(node), module.text);
    const value = (given.find((each) => each.name === parameter) ?? given[index])?.value;
    const meant = value ? objectsMeant(value, module.text) : [];
    return meant.flatMap(({ name }) => (name.includes('.') ? [name, `.${lastOf(name)}`] : [name]));
  });
  return new Set(names);
}

/** `criterion` of `self.criterion` */
export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
