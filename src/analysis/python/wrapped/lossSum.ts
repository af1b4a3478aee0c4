import type { LossSum, RecognizedCall, Recognizing, SummedLoss } from '../losses/recognized.ts';
import { callsIn } from '../names/moduleIndex.ts';
import type { CallSite, Scope } from '../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  dottedOf,
  textOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { returnsOf } from './returned.ts';

/** Terms of a sum, and steps from a name to its value. */
const MOST_TERMS = 8;
const MOST_STEPS = 24;

type Terms = readonly SummedLoss[] | null;

/**
 * The losses whose sum a definition returns, each with its factors: `ce(z, y) + 0.3 * ce(aux, y)`. Null if it returns anything else,
 * or isn't shown to be on the same logits, or on different ones.
 */
export function lossSum(scope: Scope, recognizer: Recognizing): LossSum | null {
  const method = ['forward', 'call', '__call__'].flatMap((name) => scope.bindings.get(name) ?? []).at(-1);
  const body = scope.kind === 'function' ? scope : method?.kind === 'definition' ? method.defined : null;
  const [returned, ...others] = body ? returnsOf(body) : [];
  if (!body || !returned || others.length > 0) return null;
  const terms = new SumReader(scope, recognizer).terms({ node: returned, scope: body }, [], MOST_STEPS);
  if (!terms || terms.length < 2 || terms.length > MOST_TERMS) return null;
  const inputs = new Set(terms.map(({ logits }) => logits));
  // Parameters that nothing else is put into are what the caller gives, each its own.
  const isPlain = [...inputs].every((name) => {
    const [only, ...more] = body.bindings.get(name) ?? [];
    return only?.kind === 'parameter' && more.length === 0;
  });
  if (!isPlain || (inputs.size !== 1 && inputs.size !== terms.length)) return null;
  return { terms, isSameLogits: inputs.size === 1 };
}

class SumReader {
  readonly #owner: Scope;
  readonly #recognizer: Recognizing;

  constructor(owner: Scope, recognizer: Recognizing) {
    this.#owner = owner;
    this.#recognizer = recognizer;
  }

  terms({ node: written, scope }: Expression, factors: SummedLoss['factors'], steps: number): Terms {
    if (steps < 0) return null;
    const node = unwrapped(written);
    const { text: code } = scope.module;
    const read = (each: Expression['node'] | undefined, more: SummedLoss['factors'] = factors) =>
      each ? this.terms({ node: each, scope }, more, steps - 1) : null;
    if (node.name === 'BinaryExpression') {
      const [left, operator, right] = childrenOf(node);
      const sign = operator ? textOf(operator, code) : '';
      if (!left || !right) return null;
      if (sign === '+') {
        const [a, b] = [read(left), read(right)];
        return a && b ? [...a, ...b] : null;
      }
      const by = (factor: Expression['node']) => [
        ...factors,
        { expression: { node: factor, scope }, isDivisor: sign === '/' },
      ];
      if (sign === '*') return read(left, by(right)) ?? read(right, by(left));
      return sign === '/' ? read(left, by(right)) : null;
    }
    if (node.name === 'VariableName') {
      const [only, ...others] = scope.bindings.get(textOf(node, code)) ?? [];
      const isOnce = only?.kind === 'value' && others.length === 0 && !only.conditional;
      return isOnce ? this.terms({ node: only.value, scope: only.scope }, factors, steps - 1) : null;
    }
    return node.name === 'CallExpression' ? this.#term({ node, scope }, factors) : null;
  }

  #term({ node, scope }: Expression, factors: SummedLoss['factors']): Terms {
    const { text: code } = scope.module;
    const given = argumentsOf(argListOf(node), code);
    const logits = given[0]?.name === null && given[0].star === '' ? textOf(given[0].value, code) : undefined;
    const call = this.#lossOf(node, scope);
    if (!call || logits === undefined || call.computes !== 'ce' || call.doubt || call.bound.open) return null;
    const isPlain = ['weight', 'reduction', 'class_weight'].every((name) => !call.bound.named.has(name));
    return isPlain ? [{ call, factors, logits }] : null;
  }

  /** `F.cross_entropy(z, y)`, or `self.ce(z, y)` with a loss in `self.ce`. */
  #lossOf(node: Expression['node'], scope: Scope): RecognizedCall | undefined {
    const callee = dottedOf(calleeOf(node), scope.module.text);
    if (!callee?.startsWith('self.')) return this.#recognized(node, scope);
    const [only, ...others] = this.#owner.attributes.get(callee.slice('self.'.length)) ?? [];
    return only?.kind === 'value' && others.length === 0 && !only.conditional
      ? this.#recognized(only.value, only.scope)
      : undefined;
  }

  #recognized(node: Expression['node'], { module }: Scope): RecognizedCall | undefined {
    let site: CallSite | undefined;
    for (const each of callsIn(module, node))
      if (each.node.from === node.from && each.node.to === node.to) site = each;
    return site && this.#recognizer.ofCall(site);
  }
}
