import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import { type Binding, type PyModule, type Scope, scopeAt } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  entriesOf,
  memberOf,
  numberOf,
  stringOf,
  textOf,
} from '../../syntax/syntaxNodes.ts';
import { namesHanded } from '../aliases/namesHanded.ts';
import { objectsMeant } from '../aliases/objectsMeant.ts';
import { elementsNamed, goneThrough, oneOf } from '../aliases/oneOfSeveral.ts';
import { callsByName } from '../moduleIndex.ts';
import { visible } from '../visibleBindings.ts';
import { mayBeHandedAny } from './handedOn.ts';
import { firstNameOf } from './memberChanges.ts';
import { setsOfAttributes } from './setAttributes.ts';

/** Where an entry of a sequence of layers is set, or moved. */
export interface RefittedEntry {
  /** What the sequence goes by: `model`, `.head` for a part of something, ANY_SEQUENCE. */
  readonly keys: readonly string[];
  /** Null where it isn't shown which. */
  readonly index: number | null;
  /** The parameter that is the sequence, if one is; of a part of one "", if the function doesn't make what has it. */
  readonly parameter: string | null;
  readonly at: number;
  readonly scope: Scope;
}

/** Whatever sequence there is: `for each in model.children(): each[0] = …`. */
export const ANY_SEQUENCE = '*';

/** The key that entries of what has a name are found by. */
export function entryKey(name: string): string {
  return name.includes('.') ? `.${lastWord(name)}` : name;
}

export const LITERAL = /^(?:Number|Boolean|None|(?:Continued|Format)?String)$/;

export const refittedEntries = remembered((module: PyModule): readonly RefittedEntry[] => [
  ...entriesSet(module),
  ...entriesDeleted(module),
  ...entriesNumbered(module),
  ...entriesMoved(module),
]);

function entry(
  object: string,
  index: number | null,
  at: number,
  scope: Scope,
  { isMoved = false, isOfAny = true } = {},
): RefittedEntry {
  // `parallel.module` is the model.
  const named = object.replace(/\.(?:module|_modules)$/, '');
  const root = firstNameOf(named);
  const isGiven = scope.parameters.some(({ name }, i) => name === root && !(i === 0 && isMethod(scope)));
  const parameter = isGiven ? (root === named ? root : '') : null;
  const others = otherNames(named, scope, at)
    .filter((each) => isOfAny || each !== ANY_SEQUENCE)
    .map(entryKey);
  // By its own name a sequence that grows is known where it's made.
  const own = isMoved ? [] : [entryKey(object), entryKey(named)];
  return { keys: [...new Set([...own, ...others])], index, parameter, at, scope };
}

function isMethod({ parent }: Scope): boolean {
  return parent?.kind === 'class';
}

/** `model[-1] = head`, `models[0][-1] = head` */
function entriesSet(module: PyModule): readonly RefittedEntry[] {
  const isLayer = (node: SyntaxNode) => {
    const value = node.parent?.name === 'AssignStatement' ? node.parent.lastChild : null;
    return !value || !LITERAL.test(value.name);
  };
  const plain = module.entrySets.flatMap(({ object, node, scope }) =>
    isLayer(node) ? [entry(object, indexOf(node, module.text), node.from, scope)] : [],
  );
  const nested = module.nestedSets.flatMap(({ object, node, inner, scope }) => {
    if (!isLayer(inner)) return [];
    const own = entry(object, indexOf(node, module.text), node.from, scope);
    // What goes by another name, or is in it, is another sequence.
    const within = entry(object, null, node.from, scope, { isMoved: true });
    const names = [...within.keys, `${entryKey(object)}[]`];
    return [own, { ...within, keys: names }];
  });
  return [...plain, ...nested];
}

const DELETED = /^[ \t]*del[ \t]+([\w.]{1,80})\[/gm;

/** `del model[-1]` */
function entriesDeleted(module: PyModule): readonly RefittedEntry[] {
  if (!module.text.includes('del ')) return [];
  return Array.from(module.text.matchAll(DELETED), ({ 1: object = '', index }) =>
    entry(object, null, index, scopeAt(module, index)),
  );
}

/** `setattr(model, "1", head)`, `model._modules["1"] = head`, `model.__setitem__(1, head)` */
function entriesNumbered(module: PyModule): readonly RefittedEntry[] {
  const { text } = module;
  const byName = [...setsOfAttributes(module)].flatMap(([attribute, sets]) =>
    /^\d+$/.test(attribute)
      ? sets.map(({ object, at, scope }) => entry(object, Number(attribute), at, scope))
      : [],
  );
  const called = ['setattr', 'add_module', '__setitem__'].flatMap((name) =>
    (callsByName(module).get(name) ?? []).flatMap(({ node, scope }) => {
      const given = argumentsOf(argListOf(node), text).map(({ value }) => value);
      const [object, key] = name === 'setattr' ? given : [calleeOf(node)?.firstChild, ...given];
      const of = object ? dottedOf(object, text) : undefined;
      if (of === undefined || !key) return [];
      const written = name === '__setitem__' ? textOf(key, text) : stringOf(key, text);
      const isOther = written !== undefined && Number.isNaN(numberOf(written.replace(/^-/, '')));
      if (isOther && name !== '__setitem__') return [];
      return [entry(of, isOther || written === undefined ? null : Number(written), node.from, scope)];
    }),
  );
  return [...byName, ...called];
}

/** Methods that put layers into a sequence, or take some out. */
const MOVES = ['append', 'extend', 'insert', 'pop'];

/** `layers.append(head)`, where that is another name of a sequence. */
function entriesMoved(module: PyModule): readonly RefittedEntry[] {
  return MOVES.flatMap((name) => callsByName(module).get(name) ?? []).flatMap(({ node, scope }) => {
    const object = dottedOf(calleeOf(node)?.firstChild ?? null, module.text);
    const isOfAny = LAYER.test(textOf(argListOf(node) ?? node, module.text).slice(0, LONGEST));
    return object === undefined ? [] : [entry(object, null, node.from, scope, { isMoved: true, isOfAny })];
  });
}

/** What makes a layer, by its name; characters of a call that are looked through. */
const LAYER = /(?<!\w)[A-Z][a-z]\w*\(/;
const LONGEST = 200;

/** −1 of `model[-1]`; null where it isn't a number. */
function indexOf(node: SyntaxNode, code: string): number | null {
  const key = node.lastChild?.prevSibling;
  const index = key ? numberOf(textOf(key, code).replace(/^-/, '')) : Number.NaN;
  if (!key || Number.isNaN(index)) return null;
  return key.name === 'UnaryExpression' ? -index : index;
}

/** What else goes by the name of an object in a function: what that is handed, or what the name is given to. */
function otherNames(object: string, scope: Scope, at: number): readonly string[] {
  const root = firstNameOf(object);
  if (root === 'self') return [];
  const bindings = visible(root, scope, at)?.bindings ?? [];
  return bindings
    .slice(0, MOST_BINDINGS)
    .flatMap((each) => (root === object ? namesOfWhole(each, object, scope, at) : namesOfPart(each, object)));
}

function namesOfWhole(binding: Binding, object: string, scope: Scope, at: number): readonly string[] {
  const { text } = scope.module;
  if (binding.kind === 'parameter') {
    const names = mayBeHandedAny(binding.scope) ? null : namesHanded(binding.scope, object);
    // A function of one cell is called in another.
    return names && (names.size > 0 || !scope.module.cell) ? [...names] : [ANY_SEQUENCE];
  }
  if (CHILDREN.test(methodOf(goneThrough(binding), text))) return [ANY_SEQUENCE];
  const meant = binding.kind === 'value' ? objectsMeant(binding.value, text) : [];
  const several = oneOf(binding).flatMap((name) =>
    name.endsWith('[]') ? namesInList(name.slice(0, -2), scope, at) : name,
  );
  return [...meant.map(({ name }) => name), ...several];
}

const CHILDREN = /^(?:named_)?(?:children|modules)$/;

/** `children` of `model.children()` */
function methodOf(node: SyntaxNode | null, code: string): string {
  const callee = node?.name === 'CallExpression' ? calleeOf(node) : null;
  return callee?.name === 'MemberExpression' ? (memberOf(callee, code) ?? '') : '';
}

/** `net` for `models.a` with `models = {"a": net}`. */
function namesOfPart(binding: Binding, object: string): readonly string[] {
  if (binding.kind !== 'value' || binding.value.name !== 'DictionaryExpression') return [];
  const { text } = binding.scope.module;
  const part = object.split('.')[1];
  return entriesOf(binding.value, text).flatMap(({ key, value }) =>
    key === part ? objectsMeant(value, text).map(({ name }) => name) : [],
  );
}

function namesInList(list: string, scope: Scope, at: number): readonly string[] {
  const bindings = visible(list, scope, at)?.bindings ?? [];
  return bindings.slice(0, MOST_BINDINGS).flatMap((each) => elementsNamed(list, each).of);
}

const MOST_BINDINGS = 8;
