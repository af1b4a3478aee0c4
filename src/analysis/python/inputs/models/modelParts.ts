import { setsOfAttributes } from '../../names/changed/setAttributes.ts';
import { moduleKeyOf } from '../../names/moduleStore.ts';
import { visible } from '../../names/visibleBindings.ts';
import { classOf, type PyModule, statementAt } from '../../syntax/pythonScopes.ts';
import { dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import type { Resolver } from '../../values/resolver.ts';
import type { Trail } from '../outputs.ts';

/** What `self.body` is, of a model that was given it where it was made: `Model(Body())` with `self.body = body`. */
export function partGiven({ node, scope }: Expression, { given }: Trail): Expression | undefined {
  const { text } = scope.module;
  const [first, attribute, ...more] = dottedOf(node, text)?.split('.') ?? [];
  if (!given || first !== 'self' || attribute === undefined || more.length > 0) return undefined;
  const [only, ...others] = classOf(scope)?.attributes.get(attribute) ?? [];
  if (only?.kind !== 'value' || only.value.name !== 'VariableName' || others.length > 0) return undefined;
  const name = textOf(only.value, text);
  const isParameter = only.scope.parameters.some((each) => each.name === name);
  return isParameter && only.scope.bindings.get(name)?.length === 1 ? given.get(name) : undefined;
}

/** The module that what is called is imported from, where more may be done to it. */
export function moduleOfImport({ node, scope }: Expression, { store }: Resolver): PyModule | undefined {
  const [root] = dottedOf(node, scope.module.text)?.split('.') ?? [];
  const [bound] = root === undefined ? [] : (visible(root, scope, node.from)?.bindings ?? []);
  if (bound?.kind !== 'import') return undefined;
  const { level } = bound;
  const asker = bound.scope.module;
  const path = bound.path === '' ? [] : bound.path.split('.');
  if (store.isLibrary(level, path[0] ?? '')) return undefined;
  const request = { level, path, ...(asker.key !== undefined && { from: asker.key }) };
  return store.get({ ...request, key: moduleKeyOf(request) }, asker) ?? undefined;
}

/** Objects that only have settings. */
const SETTINGS = /args?$|opts?$|cfg|conf|param|setting|flag/i;

/** What a class keeps as `self.net` is replaced from outside: `trainer.net = other`. */
export function isPartReplaced([part]: readonly string[], asker: PyModule): boolean {
  const sets = part === undefined ? undefined : setsOfAttributes(asker).get(part);
  return (
    sets?.some(({ object, at, name, isOfElement }) => {
      if (object === '' || /^(?:self|cls)\b/.test(object) || isOfElement || SETTINGS.test(object))
        return false;
      // `trainer.net = compile(trainer.net)`
      const written = textOf(statementAt(asker, at), asker.text);
      return !written.slice(name.length, LONGEST).includes(name);
    }) ?? false
  );
}

const LONGEST = 300;
