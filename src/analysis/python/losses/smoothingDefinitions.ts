import type { FrameworkApi } from '../../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import type { ConventionEvidence } from '../../lossConfig.ts';
import { basesOf } from '../names/classMembers.ts';
import { callsIn, importsPackage } from '../names/moduleIndex.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import { textOf, unwrapped } from '../syntax/syntaxNodes.ts';

import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import { LOSS_NAME, OTHER_SMOOTHING, smoothsByName } from './lossNames.ts';
import type { Recognized, Recognizing } from './recognized.ts';
import { conventionOfFormula, SMOOTHING_NAME } from './smoothingFormula.ts';

/** A class or function of the sources that smooths labels. */
export interface SmoothingDefinition {
  readonly name: string;
  /** Its parameters, without self. */
  readonly parameters: readonly string[];
  /** The one for α. */
  readonly argument: string;
  /** The default of that. */
  readonly fallback: Expression | null;
  readonly convention: ConventionName | null;
  readonly by: ConventionEvidence;
  /** What it hands α to, if that is a known API. */
  readonly entry: FrameworkApi | null;
  readonly framework: string | null;
  /** Named after a loss: a call of it is a loss configuration, with or without α. */
  readonly loss: boolean;
}

/** Characters of a definition that is looked into. */
const LONGEST = 20_000;
/** Parameters of a loss that is looked into. */
const MOST_PARAMETERS = 64;

/** How the definition smooths labels; null if it doesn't. */
export function smoothingDefinition(
  scope: Scope,
  resolver: Resolver,
  recognizer: Recognizing,
): SmoothingDefinition | null {
  const initializer = constructorOf(scope);
  if (!initializer) return inherited(scope, resolver, recognizer);
  const parameters = initializer.parameters
    .filter(({ star }) => star === '')
    .slice(0, MOST_PARAMETERS)
    .map(({ name }) => name);
  const own = initializer.parent?.kind === 'class' ? parameters.slice(1) : parameters;
  const describe = (argument: string) => {
    const parameter = initializer.parameters.find(({ name }) => name === argument)!;
    const outer = initializer.parent ?? initializer;
    return {
      name: scope.name,
      parameters: own,
      argument,
      fallback: parameter.fallback && { node: parameter.fallback, scope: outer },
      loss: LOSS_NAME.test(scope.name) || smoothsByName(scope.name),
    };
  };
  const wrapped = wrappedCall(scope, initializer, recognizer);
  if (wrapped && own.includes(wrapped.parameter)) {
    const { convention, entry, framework } = wrapped.recognized;
    return { ...describe(wrapped.parameter), convention, by: convention && 'wrapped', entry, framework };
  }
  if (OTHER_SMOOTHING.test(scope.name)) return null;
  const argument = own.find((name) => SMOOTHING_NAME.test(name));
  if (argument === undefined) return null;
  const smooths = smoothsByName(scope.name);
  if (!smooths && !/smooth|lsr/i.test(argument)) return null;
  const code = withoutText(scope);
  if (!smooths && !usesClasses(code)) return null;
  const convention = conventionOfFormula(code, argument);
  if (!convention && !smooths) return null;
  const framework =
    resolver.apis.frameworkOf(code) ??
    resolver.apis.frameworkImported((name) => importsPackage(scope.module, name)) ??
    null;
  return { ...describe(argument), convention, by: convention && 'formula', entry: null, framework };
}

function constructorOf(scope: Scope): Scope | undefined {
  if (scope.kind === 'function') return scope;
  const init = scope.bindings.get('__init__')?.at(-1);
  return init?.kind === 'definition' ? init.defined : undefined;
}

/** A subclass without a initializer of its own is called as its base is. */
function inherited(scope: Scope, resolver: Resolver, recognizer: Recognizing): SmoothingDefinition | null {
  if (scope.kind !== 'class') return null;
  for (const base of basesOf(resolver, scope)) {
    const recognized = recognizer.ofValue(base);
    if (!recognized || recognized.argument === null) continue;
    const { parameters, argument, fallback, convention, by, entry, framework } = recognized;
    const evidence: ConventionEvidence = entry ? convention && 'wrapped' : by;
    return {
      name: scope.name,
      parameters,
      argument,
      fallback: fallback ?? null,
      convention,
      by: evidence,
      entry,
      framework,
      loss: true,
    };
  }
  return null;
}

/** The call inside that gets α from a parameter. */
function wrappedCall(
  scope: Scope,
  initializer: Scope,
  recognizer: Recognizing,
): { readonly parameter: string; readonly recognized: Recognized } | undefined {
  for (const call of callsIn(scope.module, scope.span)) {
    const recognized = recognizer.ofCall(call);
    const alpha = recognized?.alpha;
    if (!recognized || !alpha) continue;
    const parameter = parameterOf(alpha.expression, scope, initializer, 0);
    if (parameter !== undefined) return { parameter, recognized };
  }
  return undefined;
}

/** The parameter of the initializer that an expression is, as it is or by way of an attribute. */
function parameterOf(
  { node, scope }: Expression,
  owner: Scope,
  initializer: Scope,
  depth: number,
): string | undefined {
  if (depth > 4) return undefined;
  const inner = unwrapped(node);
  const { text: code } = owner.module;
  if (inner.name === 'VariableName') {
    const name = textOf(inner, code);
    const parameter = initializer.bindings.get(name)?.[0];
    if (parameter?.kind === 'parameter' && (scope === initializer || !scope.bindings.has(name))) return name;
    const local = scope.bindings.get(name)?.at(-1);
    return local?.kind === 'value' && local.value.to <= inner.from
      ? parameterOf({ node: local.value, scope: local.scope }, owner, initializer, depth + 1)
      : undefined;
  }
  if (inner.name !== 'MemberExpression') return undefined;
  const attribute = /^\w+\.(\w+)$/.exec(textOf(inner, code))?.[1];
  const bound = attribute === undefined ? undefined : owner.attributes.get(attribute)?.at(-1);
  return bound?.kind === 'value'
    ? parameterOf({ node: bound.value, scope: bound.scope }, owner, initializer, depth + 1)
    : undefined;
}

/** The code of a definition, with comments and strings blanked. Too long a one isn't looked into. */
function withoutText({ node, module, span }: Scope): string {
  if (!node || span.to - span.from > LONGEST) return '';
  const pieces: string[] = [];
  let done = span.from;
  node.cursor().iterate(({ name, from, to }) => {
    if ((name !== 'String' && name !== 'FormatString' && name !== 'Comment') || from < done) return;
    pieces.push(module.text.slice(done, from), ' '.repeat(to - from));
    done = to;
  });
  return pieces.join('') + module.text.slice(done, span.to);
}

/** It deals with classes at all: logarithms of probabilities, one-hot rows. */
function usesClasses(code: string): boolean {
  return /log|one_?hot|scatter|softmax|cross_?entropy|eye\(|kl_?div|n_?class|num_?class|gather|nll/i.test(
    code,
  );
}
