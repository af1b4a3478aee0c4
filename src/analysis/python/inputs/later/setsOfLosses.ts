import { remembered } from '../../../common/remembered.ts';
import { lastOf, namesHanded } from '../../names/aliases/namesHanded.ts';
import { type ObjectName, objectsMeant } from '../../names/aliases/objectsMeant.ts';
import { type AttributeSet, setsOfAttributes } from '../../names/changed/setAttributes.ts';
import { visible } from '../../names/visibleBindings.ts';
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
  firstOf(site: CallSite, made: ObjectName | undefined): AttributeSet | undefined {
    const keys = ['any', `made by ${site.scope.kind === 'function' ? site.scope.name : ''}`];
    if (made) keys.push(...keysOfMade(made, site));
    let first: AttributeSet | undefined;
    for (const key of keys) {
      const set = this.#byKey.get(key)?.firstFor(site);
      if (set && (!first || set.at < first.at)) first = set;
    }
    return first;
  }
}

/** An object goes by one name, or is a part of several: `self.criterion` of one is `trainer.criterion` elsewhere. */
function namedKeys({ object, scope, isOfElement = false }: AttributeSet): readonly string[] {
  const kind = isOfElement ? 'elements' : 'object';
  if (!object.includes('.')) return [`${kind} ${object}`];
  const member = `${kind} .${lastOf(object)}`;
  if (!object.startsWith('self.')) return [member, `${member} of others`];
  return [member, `${member} of ${classOf(scope)?.span.from ?? 'none'}`];
}

/** Bindings of one name that are looked at. */
const MOST_BINDINGS = 16;

/** What goes by another name may be the object: a name for it, a parameter it's handed to, one of several in a loop. */
function otherKeys(set: AttributeSet): readonly string[] {
  const { object, scope, at, isOfElement } = set;
  if (object === '') return mayBeAny(set);
  if (isOfElement || object.includes('.')) return [];
  const bindings = visible(object, scope, at)?.bindings;
  // A name of a comprehension is no name of the scope.
  if (!bindings) return isInComprehension(set) ? mayBeAny(set) : [];
  return bindings.slice(0, MOST_BINDINGS).flatMap((each) => keysOfBinding(each, set));
}

function keysOfBinding(binding: Binding, set: AttributeSet): readonly string[] {
  const { object, scope } = set;
  const { text } = scope.module;
  switch (binding.kind) {
    case 'value': {
      const { value } = binding;
      const maker = value.name === 'CallExpression' ? dottedOf(calleeOf(value), text) : undefined;
      return [
        ...(maker === undefined ? [] : [`made by ${lastOf(maker)}`]),
        ...objectsMeant(value, text).flatMap((each) => keysOfMeant(each, binding.scope)),
      ];
    }
    case 'parameter': {
      const names = namesHanded(binding.scope, object);
      return names ? [...names].map((each) => `handed ${each}`) : ['any'];
    }
    case 'element':
    case 'unknown':
      return mayBeAny(set);
    default:
      return [];
  }
}

function keysOfMeant({ name, isElement }: ObjectName, scope: Scope): readonly string[] {
  const kind = isElement ? 'elements' : 'object';
  const member = `${kind} .${lastOf(name)}`;
  if (!name.includes('.')) return [`${kind} ${name}`];
  const owner = name.startsWith('self.') ? classOf(scope) : null;
  return [member, `${member} of others`, ...(owner ? [`${member} of ${owner.span.from}`] : [])];
}

/** Which object it is isn't shown. Layers have weights, too. */
function mayBeAny({ object, name }: AttributeSet): readonly string[] {
  return SETTINGS.test(object) || name.endsWith('.weight') ? [] : ['any'];
}

function isInComprehension({ scope: { module }, at }: AttributeSet): boolean {
  return / for /.test(textOf(statementAt(module, at), module.text).slice(0, LONGEST_STATEMENT));
}

const LONGEST_STATEMENT = 1000;

/** Objects that only have settings. */
const SETTINGS = /args?$|opts?$|cfg|conf|param|setting|flag|group/i;

/** The keys of the places where what a call makes may be set. */
function keysOfMade({ name, isElement }: ObjectName, { scope }: CallSite): readonly string[] {
  const kind = isElement ? 'elements' : 'object';
  const handed = [`handed ${name}`, `handed .${lastOf(name)}`];
  const member = `${kind} .${lastOf(name)}`;
  const owner = name.startsWith('self.') ? classOf(scope) : null;
  // What a class keeps isn't what another one does, unless they're made of each other.
  const related = owner ? relatedClasses(owner)?.map(({ span }) => span.from) : undefined;
  const members = related ? ['others', 'none', ...related].map((each) => `${member} of ${each}`) : [member];
  return [`${kind} ${name}`, ...members, ...handed];
}
