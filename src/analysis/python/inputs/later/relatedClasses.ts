import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { textOf } from '../../syntax/syntaxNodes.ts';

/** Classes that are looked at for one. */
const MOST = 32;

/** A class, those that it's made of, and those that are made of it; undefined if they're too many. */
export function relatedClasses(of: Scope): readonly Scope[] | undefined {
  const { byName, byBase } = classesIn(of.module);
  const bases = basesOf(of).flatMap((base) => byName.get(base) ?? []);
  const derived = (byBase.get(of.name) ?? []).map(({ scope }) => scope);
  const all = new Set([of, ...bases, ...derived]);
  return all.size > MOST ? undefined : [...all];
}

const classesIn = remembered(({ scopes }: PyModule) => {
  const classes = scopes.filter(({ kind }) => kind === 'class');
  const pairs = classes.flatMap((scope) => basesOf(scope).map((base) => ({ base, scope })));
  return { byName: groupedBy(classes, ({ name }) => name), byBase: groupedBy(pairs, ({ base }) => base) };
});

/** The names of what a class is made of, as they're written. */
function basesOf({ node, module }: Scope): readonly string[] {
  const list = node?.getChild('ArgList');
  return list ? [...new Set(textOf(list, module.text).match(/\w+/g))] : [];
}
