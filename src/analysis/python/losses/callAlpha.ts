import type { CodeForm } from '../../../frameworks/callForm.ts';
import type { ConfigAlpha } from '../../lossConfig.ts';
import { insertionOf } from '../syntax/argumentInsertion.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import type { NumberValue, Value } from '../values/pythonValues.ts';
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
  const none = { text: null, span: null, argument: null, token: null, insertion };
  if (call.bound.open) return { alpha: { ...none, value: undefined, origins: [] }, integer: false };
  if (call.fallback) {
    const value = resolver.resolve(call.fallback);
    if (value.kind !== 'number')
      return { alpha: { ...none, value: offOf(value), origins: [] }, integer: false };
    const place = value.token?.place ?? null;
    const origin = { kind: 'parameter', name: call.argument ?? '', place } as const;
    const { origins, token } = value;
    return {
      alpha: { ...none, value: value.value, origins: [origin, ...origins], token },
      integer: value.integer,
    };
  }
  const value = defaultOf(call);
  const origins =
    value === undefined ? [] : [{ kind: 'api-default', name: call.argument ?? '', place: null } as const];
  return { alpha: { ...none, value, origins }, integer: false };
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
  const resolved = resolver.resolve(expression);
  const number = resolved.kind === 'number' ? confidenceAsSmoothing(call, resolved) : undefined;
  const alpha: ConfigAlpha = {
    value: number ? switched(call, number.value, resolver) : booleanAlpha(call, resolved, node.name),
    text: textOf(node, scope.module.text),
    span: here ? { from: node.from, to: node.to } : null,
    argument: here ? span : null,
    origins: number?.origins ?? [],
    token: number?.token ?? null,
    insertion: null,
  };
  return { alpha, integer: number?.integer ?? false };
}

/** Some APIs are told 1 − α. */
function confidenceAsSmoothing(call: RecognizedCall, number: NumberValue): NumberValue {
  if (!formOf(call)?.complement) return number;
  const token = number.token && { ...number.token, complement: !number.token.complement };
  return { ...number, value: Number((1 - number.value).toPrecision(15)), token };
}

/** Some APIs have a switch besides. */
function switched(call: RecognizedCall, value: number, resolver: Resolver): number {
  const argument = formOf(call)?.switch;
  if (argument === undefined) return value;
  const given = givenFor(call.bound, argument, call.parameters);
  const on = given && resolver.resolve(given.expression);
  return on?.kind === 'boolean' && !on.value ? 0 : value;
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
