import type { Work } from '../../../loss/work.ts';
import { type ApiForm, type CallForms, packageOf } from '../../apis/callForms.ts';
import { chosenConvention } from '../../apis/conventionChoice.ts';
import { formOf } from '../../claims/formOf.ts';
import { type Rebound, reboundApi } from '../names/changed/reboundApi.ts';
import { basesOf } from '../names/classMembers.ts';
import { importsPackage } from '../names/moduleIndex.ts';
import { nameValue } from '../names/nameValues.ts';
import type { CallSite, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { argListOf, calleeOf, childrenOf, dottedOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { type BoundCall, boundCall, givenFor } from './boundCall.ts';
import { copyCalled, copyDefined } from './copiedExamples.ts';
import { LossCallNames } from './lossCallNames.ts';
import { smoothsByName } from './lossNames.ts';
import type { Recognized, RecognizedCall, Recognizing } from './recognized.ts';
import { constructorOf, type SmoothingDefinition, smoothingDefinition } from './smoothingDefinitions.ts';
import { unresolvedCall } from './unresolvedCall.ts';

/** Definitions that hand α on to each other are followed so far. */
const MOST_DEFINITIONS = 12;

/** What was found out about a module. */
interface Known {
  readonly definitions: Map<Scope, SmoothingDefinition | null>;
  readonly calls: Map<CallSite, RecognizedCall | undefined>;
}

/** Says which calls are losses, and what they do with α. Never throws but for faults; each call is looked at once. */
export class Recognizer implements Recognizing {
  readonly #resolver: Resolver;
  readonly #calls: CallForms;
  /** By module: what a definition or a call is depends on the cells above it. */
  readonly #known = new WeakMap<PyModule, Known>();
  /** Definitions that are being looked into: each leads to the next. */
  readonly #open = new Set<Scope>();
  /** Something led back to one of those, or too far: what was found may be more once that is known. */
  #isPartial = false;
  readonly #names: LossCallNames;

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
    this.#calls = resolver.apis.calls;
    this.#names = new LossCallNames(this.#calls);
  }

  /** What was found out about it is no longer so: it, or what is above it, has changed. */
  forget(module: PyModule): void {
    this.#known.delete(module);
  }

  #knownOf(module: PyModule): Known {
    let known = this.#known.get(module);
    if (!known) {
      known = { definitions: new Map(), calls: new Map() };
      this.#known.set(module, known);
    }
    return known;
  }

  /** Prepares for the calls of a module: what all of them together take is then done in slices. */
  *prepare(module: PyModule): Work<void> {
    if (module.calls.length > 0) yield* this.#names.prepare(module);
  }

  ofCall(site: CallSite): RecognizedCall | undefined {
    const { calls } = this.#knownOf(site.scope.module);
    if (calls.has(site)) return calls.get(site);
    const wasPartial = this.#isPartial;
    this.#isPartial = false;
    const hinted = this.#names.isHinted(site);
    const mayBeLoss = hinted || this.#names.has(site) || smoothsByName(site.name);
    const recognized = mayBeLoss ? this.#ofCall(site, hinted) : undefined;
    if (!this.#isPartial) calls.set(site, recognized);
    this.#isPartial ||= wasPartial;
    return recognized;
  }

  /** What makes the targets of a loss, whatever it's called: `soften(y, 25, eta=0.2)`. */
  ofMaker(site: CallSite): RecognizedCall | undefined {
    return this.ofCall(site) ?? this.#ofCall(site, true);
  }

  #ofCall(site: CallSite, hinted: boolean): RecognizedCall | undefined {
    const { node, name, scope } = site;
    const callee = calleeOf(node);
    if (!callee) return undefined;
    if (name === 'dict') return undefined;
    if (name === 'partial') return this.#partial(site);
    const expression = { node: callee, scope };
    const value = this.#calleeValue(site, hinted || smoothsByName(name));
    const bound = boundCall(this.#resolver, { node, scope }, 0, this.#givenBefore(value));
    const recognized =
      this.ofValue(value, bound) ??
      this.#method(site) ??
      this.#customary(expression) ??
      this.#calledLikeCopy(name, value, bound);
    // A base whose α is an attribute, or fixed, isn't told anything.
    if (recognized && name === '__init__' && recognized.argument === null) return undefined;
    if (recognized) {
      const call = this.#recognizedCall(recognized, site, bound, expression);
      const rebound = name === '__init__' ? undefined : reboundApi(site, value, this.#resolver);
      return call && rebound ? withoutApi(call, rebound) : call;
    }
    const guessed = unresolvedCall(site, bound, value, this.#resolver);
    return guessed && { ...guessed, site, bound, callee: expression };
  }

  /** What a class or function is, whoever calls it. `bound` tells apart what its arguments choose. */
  ofValue(value: Value, bound?: BoundCall): Recognized | undefined {
    if (value.kind === 'path') {
      const form = value.level === 0 ? this.#calls.of(pathOf(value)) : undefined;
      return form && this.ofForm(form, bound);
    }
    if (value.kind === 'partial') return this.ofValue(this.#resolver.settled(value.callee), bound);
    if (value.kind !== 'definition') return undefined;
    const copy = copyDefined(value.scope, this.#calls);
    // Its body is here, and may be another one than that of the example.
    if (copy)
      return {
        ...this.ofForm(copy, bound),
        by: 'name',
        computes: null,
        fallback: defaultIn(value.scope, copy),
      };
    const definition = this.#definition(value.scope);
    if (!definition) return undefined;
    const { name, fallback, loss, ...rest } = definition;
    return { api: name, fallback, always: loss, ...rest };
  }

  /** What a form of the catalogue is. */
  ofForm(form: ApiForm, bound?: BoundCall): Recognized {
    const { api } = form;
    const { convention, by, entry } = chosenConvention(form, (parameter) => {
      const given = bound && givenFor(bound, parameter, form.form.parameters);
      return given ? this.#resolver.evaluate(given.expression) : undefined;
    });
    return {
      api: entry.id,
      entry,
      framework: api.framework,
      convention,
      by,
      parameters: form.form.parameters,
      argument: form.form.argument,
      form,
      computes: formOf(entry, convention),
      always: !form.form.onlyWithAlpha,
    };
  }

  #recognizedCall(
    recognized: Recognized,
    site: CallSite,
    bound: BoundCall,
    callee: Expression,
  ): RecognizedCall | undefined {
    const alpha = givenFor(bound, recognized.argument, recognized.parameters);
    const isTentative = !recognized.always && recognized.mayBeLoss === true && !alpha && !bound.open;
    const maybe = isTentative ? ({ always: true, tentative: true } as const) : {};
    return { ...recognized, ...maybe, site, bound, alpha, callee };
  }

  /** `functools.partial(nn.CrossEntropyLoss, label_smoothing=0.1)` */
  #partial(site: CallSite): RecognizedCall | undefined {
    const list = argListOf(site.node);
    const first =
      list && childrenOf(list).find(({ name }) => /^(?:VariableName|MemberExpression)$/.test(name));
    if (!first) return undefined;
    const callee = { node: first, scope: site.scope };
    const value = this.#resolver.resolve(callee);
    const { node, scope } = site;
    const bound = boundCall(this.#resolver, { node, scope }, 1, this.#givenBefore(value));
    const recognized = this.ofValue(value, bound);
    if (recognized) return this.#recognizedCall(recognized, site, bound, callee);
    const name = dottedOf(first, site.scope.module.text)?.split('.').at(-1) ?? '';
    const guessed = unresolvedCall({ ...site, name }, bound, value, this.#resolver);
    return guessed && { ...guessed, site, bound, callee };
  }

  /** What `partial` was given, and those in it. */
  #givenBefore(value: Value): BoundCall | undefined {
    if (value.kind !== 'partial') return undefined;
    const inner = this.#givenBefore(this.#resolver.settled(value.callee));
    return boundCall(this.#resolver, value.call, 1, inner);
  }

  /** Files are read only for calls that have to do with smoothing. */
  #calleeValue({ node, name, scope }: CallSite, settle: boolean): Value {
    const callee = calleeOf(node)!;
    if (name === '__init__') {
      const object = callee.firstChild;
      const isSuper =
        object?.name === 'CallExpression' && dottedOf(object.firstChild, scope.module.text) === 'super';
      const owner = scope.parent;
      if (!isSuper || owner?.kind !== 'class') return { kind: 'unknown' };
      return basesOf(this.#resolver, owner)[0] ?? { kind: 'unknown' };
    }
    const value = this.#resolver.evaluate({ node: callee, scope });
    return settle ? this.#resolver.settled(value) : value;
  }

  /** `logits.cross_entropy(labels, label_smoothing=0.1)`, of packages that have it as a method. */
  #method({ node, name, scope }: CallSite): Recognized | undefined {
    const callee = calleeOf(node)!;
    if (callee.name !== 'MemberExpression') return undefined;
    const form = this.#calls.methods(name).find(({ path }) => importsPackage(scope.module, packageOf(path)));
    return form && this.ofForm(form, undefined);
  }

  /** `from .common import nn`: what everybody means by that name, if the file can't be read. */
  #customary({ node, scope }: Expression): Recognized | undefined {
    const dotted = dottedOf(node, scope.module.text);
    const [first = '', ...rest] = dotted?.split('.') ?? [];
    const path = rest.length > 0 ? this.#resolver.apis.imports.customary(first) : undefined;
    if (path === undefined) return undefined;
    const value = nameValue(this.#resolver, first, scope, node.from);
    if (value.kind !== 'path' || value.level === 0) return undefined;
    const form = this.#calls.of([path, ...rest].join('.'));
    return form && this.ofForm(form, undefined);
  }

  /** `LabelSmoothing(size=V, padding_idx=0, smoothing=0.1)` of a file that can't be read: its arguments are an example's. */
  #calledLikeCopy(name: string, value: Value, bound: BoundCall): Recognized | undefined {
    const copy = value.kind === 'definition' ? undefined : copyCalled(name, bound, this.#calls);
    return copy && { ...this.ofForm(copy, bound), by: 'name', computes: null };
  }

  #definition(scope: Scope): SmoothingDefinition | null {
    const { definitions } = this.#knownOf(scope.module);
    const known = definitions.get(scope);
    if (known !== undefined) return known;
    // Whatever it leads back to itself by isn't what smooths.
    if (this.#open.has(scope) || this.#open.size >= MOST_DEFINITIONS) {
      this.#isPartial = true;
      return null;
    }
    this.#open.add(scope);
    const definition = smoothingDefinition(scope, this.#resolver, this);
    this.#open.delete(scope);
    definitions.set(scope, definition);
    return definition;
  }
}

/** α of a copy of an example, which may have another default than that. */
function defaultIn(scope: Scope, { form }: ApiForm): Expression | null {
  const made = constructorOf(scope);
  const parameter = made?.parameters.find(({ name }) => name === form.argument);
  return parameter?.fallback && made?.parent ? { node: parameter.fallback, scope: made.parent } : null;
}

/** A call of something else that goes by the name of an API: nothing of what the API does is known of it. */
function withoutApi(call: RecognizedCall, rebound: Rebound): RecognizedCall {
  const { form: _, ...others } = call;
  return { ...others, entry: null, convention: null, by: null, computes: null, rebound };
}
