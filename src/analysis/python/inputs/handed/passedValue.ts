import { remembered } from '../../../common/remembered.ts';
import { callsOf } from '../../names/moduleIndex.ts';
import type { Binding, CallSite, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** A function that is called in more places isn't followed. */
const MOST_CALLS = 8;
/** Decorators whose functions get what they're called with. */
const KEEPS_ARGUMENTS = /^torch\.(?:no_grad|inference_mode|enable_grad)\b/;

/** What a function of the module is given for a parameter, wherever the module calls it; undefined if that isn't shown everywhere. */
export function passedFor(binding: Binding): readonly Expression[] | undefined {
  if (binding.kind !== 'parameter' || binding.parameter.star !== '') return undefined;
  const { scope, parameter } = binding;
  if (scope.kind !== 'function' || scope.parent?.kind !== 'module') return undefined;
  if (!scope.decorators.every((each) => KEEPS_ARGUMENTS.test(each))) return undefined;
  const position = scope.parameters.indexOf(parameter);
  const calls = callsOf(scope.module, scope.name);
  if (calls.length === 0 || calls.length > MOST_CALLS) return undefined;
  const passed: Expression[] = [];
  for (const call of calls) {
    const given = argumentsOf(argListOf(call.node), scope.module.text);
    if (given.some(({ star }) => star !== '')) return undefined;
    const positional = given.filter(({ name }) => name === null);
    const value =
      given.find(({ name }) => name === parameter.name)?.value ??
      (parameter.keywordOnly ? undefined : positional[position]?.value);
    if (!value) return undefined;
    passed.push({ node: value, scope: call.scope });
  }
  return passed;
}

/** The calls of a parameter that a name is handed over for: of `criterion` in `train`, for `crit` in `train(net, crit)`. */
export function callsWherePassed(name: string, module: PyModule): readonly CallSite[] {
  const [first] = handedOver(module).get(name) ?? [];
  return first ? callsIn(first) : [];
}

/** The same of all functions that it's handed to: `train(net, crit)`, `validate(net, crit)`. */
export function callsWhereverPassed(name: string, module: PyModule): readonly CallSite[] {
  return (handedOver(module).get(name) ?? []).flatMap(callsIn);
}

interface HandedOver {
  readonly function: Scope;
  readonly parameter: string;
}

function callsIn({ function: by, parameter }: HandedOver): readonly CallSite[] {
  return callsOf(by.module, parameter).filter(({ scope }) => scope === by);
}

/** A name is followed into so many functions. */
const MOST_FUNCTIONS = 4;

/** Of each name that functions of the module are given: these, and its parameter. */
const handedOver = remembered((module: PyModule): ReadonlyMap<string, readonly HandedOver[]> => {
  const found = new Map<string, HandedOver[]>();
  for (const { node, name: callee } of module.calls) {
    const [only, ...others] = module.scope.bindings.get(callee) ?? [];
    if (only?.kind !== 'definition' || others.length > 0 || only.defined.kind !== 'function') continue;
    for (const [i, { name, value }] of argumentsOf(argListOf(node), module.text).entries()) {
      const parameter = name ?? only.defined.parameters[i]?.name;
      const given = value.name === 'VariableName' ? textOf(value, module.text) : undefined;
      if (given === undefined || parameter === undefined) continue;
      const functions = found.get(given) ?? [];
      if (functions.length === 0) found.set(given, functions);
      const isKnown = functions.some((each) => each.function === only.defined);
      if (!isKnown && functions.length < MOST_FUNCTIONS)
        functions.push({ function: only.defined, parameter });
    }
  }
  return found;
});
