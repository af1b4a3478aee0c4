import type { SyntaxNode } from '@lezer/common';
import type { LossKind } from '../../../frameworks/frameworkApi.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  dottedOf,
  memberOf,
  textOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { returnsOf } from './returned.ts';

/** Steps from what is returned to what it's made of. */
const MOST_STEPS = 16;
/** Characters of an expression that are looked at. */
const LONGEST = 400;

/** Makes a number of the losses of rows, or leaves them what they are. */
const REDUCES =
  /^(?:mean|sum|nanmean|reduce_mean|reduce_sum|nansum|squeeze|view|reshape|masked_select|masked_fill|float|to|neg)$/;
const LOG_PROBABILITIES = /log_?softmax|log_?probs?\b|\blog_?p\b|\blp\b|logprobs/i;
/** A class or function that is a loss by its name. */
const LOSS = /loss|cross_?entropy|nll|kl_?div|\bbce|criterion/i;

/**
 * What a loss computes that couldn't be run, by the expression it returns: −Σ q log p is a cross-entropy, whatever q is; several losses
 * that are added up are a sum. Null where it's anything else: no targets and no floor follow from it in any case.
 */
export function writtenForm(definition: Scope): LossKind | null {
  const method = ['forward', 'call', '__call__']
    .flatMap((name) => definition.bindings.get(name) ?? [])
    .at(-1);
  const body =
    definition.kind === 'function' ? definition : method?.kind === 'definition' ? method.defined : null;
  const forms = (body ? returnsOf(body) : []).map((node) =>
    formOf({ node, scope: body! }, definition, MOST_STEPS),
  );
  const [first] = forms;
  const isAgreed = forms.every((form) => form === first);
  return isAgreed && (first === 'ce' || first === 'sum') ? first : null;
}

/** `product`: targets times logarithms of probabilities, still without its sign; `loss`: one that is called. */
type Written = 'ce' | 'sum' | 'product' | 'loss' | null;

function formOf({ node: given, scope }: Expression, owner: Scope, steps: number): Written {
  if (steps <= 0) return null;
  const node = unwrapped(given);
  const { text: code } = scope.module;
  const follow = (each: SyntaxNode | null | undefined) =>
    each ? formOf({ node: each, scope }, owner, steps - 1) : null;
  switch (node.name) {
    case 'VariableName':
    case 'MemberExpression': {
      const bound = boundTo(textOf(node, code), scope, owner);
      return bound ? formOf(bound, owner, steps - 1) : null;
    }
    case 'UnaryExpression': {
      const inner = node.lastChild;
      return textOf(node, code).startsWith('-') && follow(inner) === 'product' ? 'ce' : null;
    }
    case 'BinaryExpression': {
      const [left, operator, right] = childrenOf(node);
      const sign = operator ? textOf(operator, code) : '';
      if (!left || !right) return null;
      if (sign === '/') return follow(left);
      if (sign === '+') return isLoss(follow(left)) && isLoss(follow(right)) ? 'sum' : null;
      if (sign !== '*') return null;
      const [a, b] = [follow(left), follow(right)];
      // `-q * logp` is a cross-entropy, and so is a cross-entropy times a number.
      if (isLoss(a) || isLoss(b)) return isLoss(a) && isLoss(b) ? null : (a ?? b);
      if (!areLogs({ node: left, scope }) && !areLogs({ node: right, scope })) return null;
      return [left, right].some((each) => isNegative(each, code)) ? 'ce' : 'product';
    }
    case 'CallExpression': {
      const callee = calleeOf(node);
      if (!callee) return null;
      const member = callee.name === 'MemberExpression' ? memberOf(callee, code) : undefined;
      const [first] = argumentsOf(argListOf(node), code);
      if (REDUCES.test(member ?? '')) {
        const form = follow(callee.firstChild) ?? follow(first?.value);
        return member === 'neg' && form === 'product' ? 'ce' : form;
      }
      // `sum(F.cross_entropy(out, y) for out in outs)`
      if (member === undefined && textOf(callee, code) === 'sum')
        return follow(first?.value ?? argListOf(node)?.firstChild?.nextSibling) ? 'sum' : null;
      return LOSS.test(nameOfCalled(callee, scope, owner)) ? 'loss' : null;
    }
    default:
      return null;
  }
}

function isLoss(form: Written): boolean {
  return form === 'ce' || form === 'sum' || form === 'loss';
}

function isNegative(node: SyntaxNode, code: string): boolean {
  return /^\(*-/.test(textOf(node, code).slice(0, 8));
}

function areLogs({ node, scope }: Expression): boolean {
  const written = textOf(node, scope.module.text).slice(0, LONGEST);
  if (LOG_PROBABILITIES.test(written)) return true;
  const bound = boundTo(written, scope, scope);
  return (
    bound !== undefined && /log_?softmax/i.test(textOf(bound.node, bound.scope.module.text).slice(0, LONGEST))
  );
}

/** The one value of a name or of an attribute. */
function boundTo(name: string, scope: Scope, owner: Scope): Expression | undefined {
  const isAttribute = name.startsWith('self.');
  const bindings = isAttribute ? owner.attributes.get(name.slice('self.'.length)) : scope.bindings.get(name);
  const [only, ...others] = bindings ?? [];
  return only?.kind === 'value' && others.length === 0 ? { node: only.value, scope: only.scope } : undefined;
}

/** `F.cross_entropy`; of `self.hard` what it's made by, `nn.CrossEntropyLoss`. */
function nameOfCalled(callee: SyntaxNode, scope: Scope, owner: Scope): string {
  const name = dottedOf(callee, scope.module.text) ?? '';
  const made = name.startsWith('self.') ? boundTo(name, scope, owner) : undefined;
  const inner = made && unwrapped(made.node);
  if (!made || inner?.name !== 'CallExpression') return name;
  return dottedOf(calleeOf(inner), made.scope.module.text) ?? '';
}
