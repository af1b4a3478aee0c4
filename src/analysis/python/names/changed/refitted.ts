import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import type { CallSite, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  stringOf,
  textOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import { callsByName } from '../moduleIndex.ts';
import { visible } from '../visibleBindings.ts';
import { LITERAL, refittedEntries } from './refittedEntries.ts';
import { type AttributeSet, setsOfAttributes } from './setAttributes.ts';

/** Where a module puts other layers into models. */
export interface Refits {
  /** Attributes that are set: `model.fc = nn.Linear(512, 5)`; null: of any name, `setattr(model, name, nn.Linear(512, 5))`. */
  readonly attributes: ReadonlySet<string> | null;
  /** Which entries are set, null if that isn't shown, by the name: of `model[-1] = …` "model", of `model.head[-1] = …` ".head". */
  readonly entries: ReadonlyMap<string, readonly (number | null)[]>;
}

export const refitsIn = remembered(
  (module: PyModule): Refits => ({ attributes: attributesSet(module), entries: entriesByKey(module) }),
);

/** Entries of one name that are told apart. */
const MOST_INDICES = 64;

function entriesByKey(module: PyModule): Refits['entries'] {
  const byKey = new Map<string, (number | null)[]>();
  for (const { keys, index } of refittedEntries(module))
    for (const key of keys) {
      const indices = byKey.get(key) ?? [];
      if (indices.length < MOST_INDICES) indices.push(index);
      byKey.set(key, indices);
    }
  return byKey;
}

function attributesSet(module: PyModule): ReadonlySet<string> | null {
  const calls = callsByName(module);
  const replaced = ['setattr', '__setattr__'].flatMap((name) => (calls.get(name) ?? []).map(replacedBy));
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

/** `args.head = "linear"` */
function isLiteral({ name, scope }: AttributeSet): boolean {
  const all = scope.bindings.get(name) ?? [];
  return all.length > 0 && all.every((each) => each.kind === 'value' && LITERAL.test(each.value.name));
}

/** Layers that keep the number of their inputs. */
const KEEPS_SIZE =
  /[Nn]orm|Identity|[Dd]rop_?(?:[Oo]ut|[Pp]ath)|LU\d?$|Swish|Mish|Act(?![a-z])|Activation|[Pp]ool|[Qq]uant|Frozen/;
const OF_SIZE = /(?:Norm|Normed|Normalized|Dropout)(?:Linear|Dense|Head|Classifier)/;

/** `setattr(model, "fc", nn.Linear(512, 5))`: the attribute; null if it may be any, and a layer of another size. */
function replacedBy({ node, scope }: CallSite): string | null | undefined {
  const { text } = scope.module;
  const given = argumentsOf(argListOf(node), text).slice(-3);
  const [key, value] = given.slice(-2);
  if (given.length < 2 || !key || !value) return undefined;
  const name = stringOf(key.value, text);
  if (name !== undefined) return name;
  return layersMeant(value.value, scope).some((each) => !KEEPS_SIZE.test(each) || OF_SIZE.test(each))
    ? null
    : undefined;
}

/** The layers that an expression makes, by the names of their classes: of `nn.Linear(5, 2).cuda() if tuned else None` "Linear". */
function layersMeant(written: SyntaxNode, scope: Scope, level = 0): readonly string[] {
  if (level === MOST_LEVELS) return [];
  const node = unwrapped(written);
  const { text } = scope.module;
  switch (node.name) {
    case 'CallExpression': {
      const callee = calleeOf(node)!;
      const name = lastWord(textOf(callee, text));
      if (/^_?[A-Z]/.test(name)) return [name];
      return callee.name === 'MemberExpression' && callee.firstChild
        ? layersMeant(callee.firstChild, scope, level + 1)
        : [];
    }
    case 'ConditionalExpression': {
      const [then, , , , otherwise] = childrenOf(node);
      return [then, otherwise].flatMap((each) => (each ? layersMeant(each, scope, level + 1) : []));
    }
    case 'VariableName': {
      const bindings = visible(textOf(node, text), scope, node.from)?.bindings ?? [];
      return bindings
        .slice(0, MOST_BINDINGS)
        .flatMap((each) => (each.kind === 'value' ? layersMeant(each.value, each.scope, level + 1) : []));
    }
    default:
      return [];
  }
}

/** Expressions in expressions, and bindings of a name, that are looked at. */
const [MOST_LEVELS, MOST_BINDINGS] = [4, 8];
