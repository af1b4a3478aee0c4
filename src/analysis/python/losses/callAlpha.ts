import type { CodeForm } from '../../../frameworks/callForm.ts';
import type { ConfigAlpha, UnknownAlpha } from '../../lossConfig.ts';
import type { SourcePlace } from '../../sourcePlace.ts';
import { visible } from '../names/visibleBindings.ts';
import { insertionOf } from '../syntax/argumentInsertion.ts';
import { textOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { type NumberValue, type PathValue, pathOf, placeOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import type { Given } from './boundCall.ts';
import { givenFor } from './boundCall.ts';

import type { RecognizedCall } from './recognized.ts';

/** α of a call, and whether it is written as an integer. */
export function alphaOf(
  call: RecognizedCall,
  resolver: Resolver,
): { readonly alpha: ConfigAlpha; readonly integer: boolean } {
  const { alpha: given } = call;
  if (given) return givenAlpha(call, given, resolver);
  const insertion = insertionOf(call);
  const none = { text: null, span: null, argument: null, token: null, insertion, origins: [], values: [] };
  const unknown = (why: UnknownAlpha) => ({
    alpha: { ...none, value: undefined, state: 'unknown', unknown: why } as const,
    integer: false,
  });
  if (call.bound.open) return unknown(handedOn(call));
  if (call.doubt) return unknown({ kind: call.doubt, name: call.api, place: null });
  if (call.rebound) return unknown({ kind: 'set', ...call.rebound });
  if (call.fallback) {
    const value = resolver.resolve(call.fallback);
    const { node, scope } = call.fallback;
    const place = placeOf(scope.module, node);
    if (value.kind !== 'number') {
      const off = offOf(value);
      if (off === undefined) return unknown({ kind: 'value', name: textOf(node, scope.module.text), place });
      return { alpha: { ...none, value: off, state: 'default', unknown: null }, integer: false };
    }
    const origin = {
      kind: 'parameter',
      name: call.argument ?? '',
      place: value.token?.place ?? null,
    } as const;
    const { origins, token, isDefault } = value;
    return {
      alpha: {
        ...none,
        value: value.value,
        state: isDefault ? 'callers' : 'default',
        unknown: null,
        origins: [origin, ...origins],
        token,
      },
      integer: value.integer,
    };
  }
  if (!isOfCatalogue(call)) return unknown(notHere(call, resolver));
  const usual = defaultOf(call);
  if (usual === undefined && call.entry?.instead === undefined)
    return unknown({ kind: 'callee', name: call.api, place: null });
  const turned = switchOf(call, resolver);
  const value = usual === undefined ? undefined : switched(usual, turned);
  if (value === undefined && usual !== undefined)
    return unknown({ kind: 'value', name: turned!.text, place: turned!.place });
  const origins =
    value === undefined ? [] : [{ kind: 'api-default', name: call.argument ?? '', place: null } as const];
  const state = turned?.isDefault ? 'callers' : 'default';
  return { alpha: { ...none, value, state, unknown: null, origins }, integer: false };
}

/** What is called is an API, or a class that is called as one: its defaults are known. */
function isOfCatalogue({ entry, form }: RecognizedCall): boolean {
  return entry !== null && form !== undefined;
}

/** `**options`: what it has isn't known. */
function handedOn({ bound, site }: RecognizedCall): UnknownAlpha {
  const { module } = site.scope;
  const star = bound.written.find(({ star: each }) => each !== '');
  const name = star ? textOf(star, module.text) : '';
  return { kind: 'arguments', name, place: star ? placeOf(module, star) : null };
}

/** The source of what is called isn't here, or says nothing of α. */
function notHere({ callee, api }: RecognizedCall, resolver: Resolver): UnknownAlpha {
  const value = resolver.settled(resolver.evaluate(callee));
  return value.kind === 'path'
    ? { kind: 'import', name: moduleOf(value), place: null }
    : { kind: 'callee', name: api, place: null };
}

/** The form of the catalogue that takes α, also where a class of the user's own hands it on. */
function formOf({ form, entry, argument }: RecognizedCall): CodeForm | undefined {
  if (form) return form.form;
  const forms = (entry?.calls ?? []).filter((each) => each.kind !== 'key' && each.kind !== 'flag');
  return forms.find((each) => each.argument === argument) ?? forms.find((each) => each.argument !== null);
}

function defaultOf({ entry, form, argument }: RecognizedCall): number | undefined {
  if (!entry || !form || entry.instead !== undefined || argument === null) return undefined;
  return form.form.default ?? entry.default ?? (entry.offWithout ? 0 : undefined);
}

function givenAlpha(
  call: RecognizedCall,
  given: Given,
  resolver: Resolver,
): { readonly alpha: ConfigAlpha; readonly integer: boolean } {
  const { expression, span } = given;
  const { node, scope } = expression;
  const here = scope.module === call.site.scope.module;
  const text = textOf(node, scope.module.text);
  const resolved = resolver.resolve(expression);
  const number = resolved.kind === 'number' ? confidenceAsSmoothing(call, resolved) : undefined;
  const turned = switchOf(call, resolver);
  const value = number ? switched(number.value, turned) : booleanAlpha(call, resolved, node.name);
  const alpha: ConfigAlpha = {
    ...(call.guessed || call.doubt
      ? uncertain({
          kind: call.doubt ?? 'position',
          name: call.doubt ? call.api : text,
          place: placeOf(scope.module, node),
        })
      : value !== undefined
        ? {
            value,
            state: number?.isDefault || turned?.isDefault ? 'callers' : 'known',
            values: [],
            unknown: null,
          }
        : resolved.kind === 'several'
          ? severalAlpha(call, resolved.values, resolver)
          : isParameter(expression)
            ? { value, state: 'callers', values: [], unknown: null }
            : uncertain(whyUnknown(resolved, expression))),
    text,
    span: here ? { from: node.from, to: node.to } : null,
    argument: here ? span : null,
    origins: number?.origins ?? [],
    token: number?.token ?? null,
    insertion: null,
  };
  return { alpha, integer: number?.integer ?? false };
}

/** One of several, as the API takes it. */
function severalAlpha(
  call: RecognizedCall,
  values: readonly NumberValue[],
  resolver: Resolver,
): Pick<ConfigAlpha, 'value' | 'state' | 'values' | 'unknown'> {
  const turned = switchOf(call, resolver);
  const all = values.map((each) => switched(confidenceAsSmoothing(call, each).value, turned));
  const known = [...new Set(all.filter((each) => each !== undefined))];
  if (known.length < 2 || all.includes(undefined))
    return uncertain({ kind: 'value', name: call.argument ?? call.api, place: null });
  return { value: undefined, state: 'several', values: known, unknown: null };
}

function uncertain(unknown: UnknownAlpha): Pick<ConfigAlpha, 'value' | 'state' | 'values' | 'unknown'> {
  return { value: undefined, state: 'unknown', values: [], unknown };
}

function whyUnknown(value: Value, { node, scope }: Expression): UnknownAlpha {
  if (value.kind === 'unknown' && value.setBy) return { kind: 'set', ...value.setBy };
  const place = placeOf(scope.module, node);
  return value.kind === 'path' && value.modules < value.parts.length && value.modules > 0
    ? { kind: 'import', name: moduleOf(value), place }
    : { kind: 'value', name: textOf(node, scope.module.text), place };
}

function moduleOf(path: PathValue): string {
  return pathOf({ ...path, parts: path.parts.slice(0, Math.max(1, path.modules)) });
}

/** A parameter of the function around it, and nothing else: the caller says what it is. */
export function isParameter({ node, scope }: Expression): boolean {
  const inner = unwrapped(node);
  if (inner.name !== 'VariableName') return false;
  const bound = visible(textOf(inner, scope.module.text), scope, inner.from)?.bindings;
  return bound?.length === 1 && bound[0]!.kind === 'parameter';
}

/** Some APIs are told 1 − α. */
function confidenceAsSmoothing(call: RecognizedCall, number: NumberValue): NumberValue {
  if (!formOf(call)?.complement) return number;
  const token = number.token && { ...number.token, complement: !number.token.complement };
  return { ...number, value: Number((1 - number.value).toPrecision(15)), token };
}

/** Some APIs have a switch besides, which turns smoothing off: how it's set. */
interface Switch {
  /** Undefined where that isn't known. */
  readonly isOn: boolean | undefined;
  /** A default that callers may replace. */
  readonly isDefault: boolean;
  readonly text: string;
  readonly place: SourcePlace;
}

function switchOf(call: RecognizedCall, resolver: Resolver): Switch | undefined {
  const argument = formOf(call)?.switch;
  const given = argument === undefined ? undefined : givenFor(call.bound, argument, call.parameters);
  if (!given) return undefined;
  const { node, scope } = given.expression;
  const value = resolver.resolve(given.expression);
  const [isOn, isDefault] =
    value.kind === 'boolean' ? [value.value, value.isDefault === true] : [undefined, false];
  return { isOn, isDefault, text: textOf(node, scope.module.text), place: placeOf(scope.module, node) };
}

/** α behind the switch; undefined where that isn't known. */
function switched(value: number, turned: Switch | undefined): number | undefined {
  if (!turned) return value;
  return turned.isOn === undefined ? undefined : turned.isOn ? value : 0;
}

/** `label_smoothing=None` and False are no smoothing, unless the catalogue says otherwise. What True is, only it can say. */
function booleanAlpha(call: RecognizedCall, value: Value, node: string): number | undefined {
  const form = formOf(call);
  if (value.kind === 'none' && node === 'None') return form?.refusesNone ? undefined : 0;
  if (value.kind !== 'boolean') return undefined;
  return value.value ? form?.ifTrue : 0;
}

function offOf(value: Value): number | undefined {
  return value.kind === 'none' || (value.kind === 'boolean' && !value.value) ? 0 : undefined;
}
