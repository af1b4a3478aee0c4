import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import type { CallSite, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, numberOf, stringOf, textOf } from '../../syntax/syntaxNodes.ts';
import { namesHanded } from '../aliases/namesHanded.ts';
import { objectsMeant } from '../aliases/objectsMeant.ts';
import { elementsNamed, oneOf } from '../aliases/oneOfSeveral.ts';
import { callsByName } from '../moduleIndex.ts';
import { visible } from '../visibleBindings.ts';
import { type AttributeSet, setsOfAttributes } from './setAttributes.ts';

/** Where a module puts other layers into models. */
export interface Refits {
  /** Attributes that are set: `model.fc = nn.Linear(512, 5)`; null: of any name, `setattr(model, name, nn.Linear(512, 5))`. */
  readonly attributes: ReadonlySet<string> | null;
  /** Which entries are set, null if that isn't shown, by the name: of `model[-1] = …` "model", of `model.head[-1] = …` ".head". */
  readonly entries: ReadonlyMap<string, readonly (number | null)[]>;
}

export const refitsIn = remembered(
  (module: PyModule): Refits => ({ attributes: attributesSet(module), entries: entriesSet(module) }),
);

/** The key that entries of what has a name are found by. */
export function entryKey(name: string): string {
  return name.includes('.') ? `.${lastWord(name)}` : name;
}

function attributesSet(module: PyModule): ReadonlySet<string> | null {
  const replaced = (callsByName(module).get('setattr') ?? []).map((call) => replacedBy(call));
  if (replaced.includes(null)) return null;
  const set = [...setsOfAttributes(module)].flatMap(([name, sets]) => (sets.every(isLiteral) ? [] : name));
  return new Set([...set, ...addedIn(module), ...replaced.filter((each) => typeof each === 'string')]);
}

/** `model.add_module("fc", nn.Linear(512, 5))` replaces what has the name. */
function addedIn(module: PyModule): readonly string[] {
  const calls = callsByName(module);
  return ['add_module', 'register_module'].flatMap((method) =>
    (calls.get(method) ?? []).flatMap(({ node }) => {
      const [name] = argumentsOf(argListOf(node), module.text);
      return (name && stringOf(name.value, module.text)) ?? [];
    }),
  );
}

const LITERAL = /^(?:Number|Boolean|None|(?:Continued|Format)?String)$/;

/** `args.head = "linear"` */
function isLiteral({ name, scope }: AttributeSet): boolean {
  const all = scope.bindings.get(name) ?? [];
  return all.length > 0 && all.every((each) => each.kind === 'value' && LITERAL.test(each.value.name));
}

/** Layers that keep the number of their inputs. */
const KEEPS_SIZE = /norm|identity|dropout|drop_?path|re?lu|silu|swish|mish|act|pool|quant|frozen/i;

/** `setattr(model, "fc", nn.Linear(512, 5))`: the attribute; null if it may be any, and a layer of another size. */
function replacedBy({ node, scope }: CallSite): string | null | undefined {
  const { text } = scope.module;
  const [, key, value] = argumentsOf(argListOf(node), text);
  if (!key || !value) return undefined;
  const name = stringOf(key.value, text);
  if (name !== undefined) return name;
  const callee = value.value.name === 'CallExpression' ? calleeOf(value.value) : null;
  const layer = callee ? lastWord(textOf(callee, text)) : '';
  return /^_?[A-Z]/.test(layer) && !KEEPS_SIZE.test(layer) ? null : undefined;
}

function entriesSet(module: PyModule): ReadonlyMap<string, readonly (number | null)[]> {
  const byName = new Map<string, (number | null)[]>();
  for (const { object, node, scope } of [...module.entrySets, ...module.nestedSets]) {
    const value = node.parent?.name === 'AssignStatement' ? node.parent.lastChild : null;
    if (value && LITERAL.test(value.name)) continue;
    const index = indexOf(node, module.text);
    for (const name of new Set([object, ...otherNames(object, scope, node.from)].map(entryKey))) {
      const indices = byName.get(name) ?? [];
      if (indices.length < MOST_INDICES) indices.push(index);
      byName.set(name, indices);
    }
  }
  return byName;
}

/** Entries of one name that are told apart. */
const MOST_INDICES = 64;

/** −1 of `model[-1]`; null where it isn't a number. */
function indexOf(entry: SyntaxNode, code: string): number | null {
  const key = entry.lastChild?.prevSibling;
  const index = key ? numberOf(textOf(key, code).replace(/^-/, '')) : Number.NaN;
  if (!key || Number.isNaN(index)) return null;
  return key.name === 'UnaryExpression' ? -index : index;
}

/** What else goes by the name of an object in a function: what that is handed, or what the name is given to. */
function otherNames(object: string, scope: Scope, at: number): readonly string[] {
  if (object.includes('.')) return [];
  const bindings = visible(object, scope, at)?.bindings ?? [];
  return bindings.slice(0, MOST_BINDINGS).flatMap((each): readonly string[] => {
    if (each.kind === 'parameter') return [...(namesHanded(each.scope, object) ?? [])];
    const meant = each.kind === 'value' ? objectsMeant(each.value, scope.module.text) : [];
    const several = oneOf(each).flatMap((name) =>
      name.endsWith('[]') ? namesInList(name.slice(0, -2), scope, at) : name,
    );
    return [...meant.map(({ name }) => name), ...several];
  });
}

function namesInList(list: string, scope: Scope, at: number): readonly string[] {
  const bindings = visible(list, scope, at)?.bindings ?? [];
  return bindings.slice(0, MOST_BINDINGS).flatMap((each) => elementsNamed(list, each).of);
}

const MOST_BINDINGS = 8;
