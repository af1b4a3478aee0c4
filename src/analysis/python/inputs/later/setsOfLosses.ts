import { remembered } from '../../../common/remembered.ts';
import { lastOf, namesHanded } from '../../names/aliases/namesHanded.ts';
import { type ObjectName, objectsMeant } from '../../names/aliases/objectsMeant.ts';
import { oneOf } from '../../names/aliases/oneOfSeveral.ts';
import { mayBeHandedAny } from '../../names/changed/handedOn.ts';
import { firstNameOf } from '../../names/changed/memberChanges.ts';
import { type AttributeSet, setsOfAttributes } from '../../names/changed/setAttributes.ts';
import { ownerOf, visible } from '../../names/visibleBindings.ts';
import {
  type Binding,
  type CallSite,
  classOf,
  type PyModule,
  type Scope,
  statementAt,
} from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import { InOrder } from './inOrder.ts';
import type { KeptAs } from './keptAs.ts';
import { relatedClasses } from './relatedClasses.ts';

/** The places of a module where attributes are set, by the attribute: each is looked at once, however many losses there are. */
export const setsOfLosses = remembered((module: PyModule) => {
  const known = new Map<string, SetsOfAttribute | undefined>();
  return {
    of(attribute: string): SetsOfAttribute | undefined {
      if (known.has(attribute)) return known.get(attribute);
      const all = setsOfAttributes(module).get(attribute);
      const sets = all && new SetsOfAttribute(all);
      known.set(attribute, sets);
      return sets;
    },
  };
});

/** The places where one attribute is set, by what tells whose it may be. */
class SetsOfAttribute {
  readonly #byKey = new Map<string, InOrder>();

  constructor(all: readonly AttributeSet[]) {
    for (const set of all)
      for (const key of new Set([...namedKeys(set), ...otherKeys(set)])) {
        const sets = this.#byKey.get(key) ?? new InOrder();
        this.#byKey.set(key, sets);
        sets.add(set);
      }
  }

  /** The first of them that may be of what a call makes, in another function or behind the call. */
  firstOf(site: CallSite, made: readonly KeptAs[]): AttributeSet | undefined {
    const maker = `made by ${site.scope.kind === 'function' ? site.scope.name : ''}`;
    const keys = ['any', maker, ...made.flatMap((each) => keysOfMade(each, site))];
    let first: AttributeSet | undefined;
    for (const key of new Set(keys)) {
      const set = this.#byKey.get(key)?.firstFor(site);
      if (set && (!first || set.at < first.at)) first = set;
    }
    return first;
  }
}

/** An object goes by one name, or is a part of several: `self.criterion` of one is `trainer.criterion` elsewhere. */
function namedKeys({ object, scope, isOfElement = false }: AttributeSet): readonly string[] {
  const kind = isOfElement ? 'elements' : 'object';
  if (!object.includes('.')) return [`${kind} ${inScope(object, scope)}`];
  const member = `${kind} .${lastOf(object)}`;
  if (object.startsWith('self.')) {
    const within = partsIn(object)
      .slice(1)
      .map((each) => `part of .${lastOf(each)}`);
    return [member, `${member} of ${classOf(scope)?.span.from ?? 'none'}`, ...within];
  }
  const others = [member, `${member} of others`];
  if (isSettings(object)) return others;
  const outer = object.slice(0, object.lastIndexOf('.'));
  return [...others, `entry of ${outer}`, ...partsIn(object).map((each) => `part of ${each}`)];
}

/** A name of one function isn't that of another. */
function inScope(name: string, scope: Scope): string {
  return `${name} at ${ownerOf(name, scope)?.span.from ?? 'none'}`;
}

/** `trainer` and `trainer.loss` of `trainer.loss.inner`. */
function partsIn(object: string): readonly string[] {
  return object
    .split('.')
    .slice(0, -1)
    .map((_, i, all) => all.slice(0, i + 1).join('.'));
}

/** Bindings of one name that are looked at. */
const MOST_BINDINGS = 16;

/** What goes by another name may be the object: a name for it, a parameter it's handed to, one of several in a loop. */
function otherKeys(set: AttributeSet): readonly string[] {
  const { object, scope, at } = set;
  if (object === '') return mayBeAny(set);
  const root = firstNameOf(object);
  if (root === 'self') return [];
  const bindings = visible(root, scope, at)?.bindings;
  // A name of a comprehension is no name of the scope.
  if (!bindings) return isInComprehension(set) ? mayBeAny(set) : [];
  return bindings.slice(0, MOST_BINDINGS).flatMap((each) => keysOfBinding(each, root, set));
}

function keysOfBinding(binding: Binding, root: string, set: AttributeSet): readonly string[] {
  const { text } = set.scope.module;
  const isWhole = set.object === root && !set.isOfElement;
  switch (binding.kind) {
    case 'value': {
      const { value } = binding;
      const maker = value.name === 'CallExpression' ? dottedOf(calleeOf(value), text) : undefined;
      // A copy is another one.
      if (/(?:^|[._])(?:deep)?copy$/.test(maker ?? '')) return [];
      const meant = isWhole || !isSettings(set.object) ? objectsMeant(value, text) : [];
      return [
        ...(maker === undefined ? [] : [`made by ${lastOf(maker)}`]),
        ...meant.flatMap((each) => keysOfMeant(each, binding.scope)),
      ];
    }
    case 'parameter': {
      if (!isWhole) return [];
      const names = mayBeHandedAny(binding.scope) ? null : namesHanded(binding.scope, root);
      return names ? [...names].map((each) => `handed ${each}`) : mayBeAny(set);
    }
    case 'element':
    case 'unknown':
      return isWhole ? [...elementsMeant(binding), ...mayBeAny(set)] : [];
    default:
      return [];
  }
}

/** One of several that a loop goes through, by what is written: `a` and `b` of `for c in (a, b)`. */
function elementsMeant(binding: Binding): readonly string[] {
  return oneOf(binding).flatMap((name) =>
    name.endsWith('[]')
      ? keysOfMeant({ name: name.slice(0, -2), isElement: true }, binding.scope)
      : keysOfMeant({ name, isElement: false }, binding.scope),
  );
}

function keysOfMeant({ name, isElement }: ObjectName, scope: Scope): readonly string[] {
  const kind = isElement ? 'elements' : 'object';
  const member = `${kind} .${lastOf(name)}`;
  if (!name.includes('.')) return [`${kind} ${inScope(name, scope)}`];
  const owner = name.startsWith('self.') ? classOf(scope) : null;
  return [member, `${member} of others`, ...(owner ? [`${member} of ${owner.span.from}`] : [])];
}

/** Which object it is isn't shown. Layers have weights, too. */
function mayBeAny({ object, name }: AttributeSet): readonly string[] {
  return isSettings(object) || name.endsWith('.weight') ? [] : ['any'];
}

function isSettings(object: string): boolean {
  return SETTINGS.test(object);
}

function isInComprehension({ scope: { module }, at }: AttributeSet): boolean {
  return / for /.test(textOf(statementAt(module, at), module.text).slice(0, LONGEST_STATEMENT));
}

const LONGEST_STATEMENT = 1000;

/** Objects that only have settings. */
const SETTINGS = /args?$|opts?$|cfg|conf|param|setting|flag|group/i;

/** The keys of the places where what a call makes may be set. */
function keysOfMade({ name, by }: KeptAs, { scope, name: maker }: CallSite): readonly string[] {
  const own = name.includes('.') ? name : inScope(name, scope);
  if (by === 'part')
    return [
      `object ${own}`,
      `elements ${own}`,
      `part of ${name}`,
      `part of .${lastOf(name)}`,
      `entry of ${name}`,
    ];
  const kind = by === 'name' ? 'object' : 'elements';
  const handed = [`handed ${name}`, `handed .${lastOf(name)}`];
  const member = `${kind} .${lastOf(name)}`;
  const owner = name.startsWith('self.') ? classOf(scope) : null;
  // What a class keeps isn't what another one does, unless they're made of each other.
  const related = owner ? relatedClasses(owner)?.map(({ span }) => span.from) : undefined;
  const members = related ? ['others', 'none', ...related].map((each) => `${member} of ${each}`) : [member];
  const inner =
    by === 'element'
      ? [`entry of ${name}`]
      : by === 'name'
        ? [`part of ${name}`, ...(maker === 'partial' ? [`made by ${lastOf(name)}`] : [])]
        : [];
  return [`${kind} ${own}`, ...members, ...handed, ...inner];
}
