import type { SyntaxNode } from '@lezer/common';
import { lastWord } from '../../../sourceTokens.ts';
import { placesOfName } from '../../syntax/placesOfName.ts';
import { type PyModule, type Scope, scopeAt } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, memberOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Resolver } from '../../values/resolver.ts';

/** Functions a model is handed on through, and places of one name, that are looked at. */
const [MOST_STEPS, MOST_PLACES] = [3, 64];
/** Methods that leave its last layer as it is. */
const LEAVES =
  /^(?:to|cuda|cpu|half|float|double|bfloat16|train|eval|(?:named_)?(?:parameters|buffers)|state_dict|load_state_dict|zero_grad|requires_grad_|no_sync|share_memory|compile|fit|summary|__call__|forward)$/;
/** Functions whose code isn't here, and that are called like what puts another head on. */
const REFITS =
  /head|class|layer|repl|swap|reset|resi[zs]e|adapt|tune|modif|convert|surg|lora|prune|set_|[gs]etattr|vars/i;
/** What a loss compares with: a model that is given it has classes among its inputs. */
const LABELS = /^(?:y|ys|yb|c|labels?|targets?|classes|class_\w+|\w+_labels?|y_\w+)$/;

/**
 * What has a name, where a module uses it, is only called, moved and trained: nothing is set in it, taken out of it or given another
 * name, and no function that it's handed to does that.
 */
export function isUsedPlainly(
  name: string,
  module: PyModule,
  resolver: Resolver,
  within: Scope = module.scope,
  steps = MOST_STEPS,
): boolean {
  const { from, to } = within.span;
  const places = placesOfName(module, lastWord(name));
  if (places.length > MOST_PLACES || steps === 0) return false;
  return places.every((at) => {
    if (within !== module.scope && (at < from || at >= to)) return true;
    const written = module.top.resolveInner(at, 1);
    const isPart = written.name === 'PropertyName';
    if (written.name !== 'VariableName' && !isPart) return true;
    if (isPart !== name.includes('.')) return true;
    return isPlain(isPart ? written.parent! : written, module, resolver, steps);
  });
}

function isPlain(use: SyntaxNode, module: PyModule, resolver: Resolver, steps: number): boolean {
  const { text } = module;
  const outer = use.parent;
  switch (outer?.name) {
    case 'CallExpression':
      return !argumentsOf(argListOf(outer), text).some(({ value }) => LABELS.test(textOf(value, text)));
    case 'MemberExpression': {
      if (outer.firstChild?.from !== use.from) return true;
      const isCalled = outer.parent?.name === 'CallExpression' && calleeOf(outer.parent)?.to === outer.to;
      const method = memberOf(outer, text) ?? '';
      // `parallel.module` is the model.
      if (method === 'module') return isPlain(outer, module, resolver, steps);
      return isCalled && LEAVES.test(method);
    }
    case 'ArgList':
      return isHandedPlainly(outer, use, module, resolver, steps);
    // `trainer.net = net`, `m = net`; what it gets itself is followed.
    case 'AssignStatement': {
      const sign = outer.getChildren('AssignOp').at(-1);
      return sign !== undefined && use.to <= sign.from;
    }
    case 'ParamList':
    case 'ReturnStatement':
    case 'ImportStatement':
      return true;
    default:
      return false;
  }
}

function isHandedPlainly(
  list: SyntaxNode,
  use: SyntaxNode,
  module: PyModule,
  resolver: Resolver,
  steps: number,
): boolean {
  const call = list.parent;
  const callee = call?.name === 'CallExpression' ? calleeOf(call) : null;
  if (!callee) return false;
  const given = argumentsOf(list, module.text);
  const index = given.findIndex(({ value }) => value.from === use.from);
  // The name of an argument.
  if (index === -1) return true;
  const value = resolver.resolve({ node: callee, scope: scopeAt(module, call!.from) });
  const called = value.kind === 'definition' ? value.scope : value.kind === 'instance' ? value.of : undefined;
  if (called?.kind === 'function') {
    const parameter =
      called.parameters.find(({ name }) => name === given[index]!.name) ?? called.parameters[index];
    return (
      parameter?.star === '' && isUsedPlainly(parameter.name, called.module, resolver, called, steps - 1)
    );
  }
  if (called) return isKeptPlainly(called, given[index]!.name, index, resolver, steps);
  return !REFITS.test(lastWord(textOf(callee, module.text).slice(-LONGEST)));
}

/** `Trainer(net)` with `self.net = net` */
function isKeptPlainly(
  of: Scope,
  name: string | null,
  index: number,
  resolver: Resolver,
  steps: number,
): boolean {
  const init = of.bindings.get('__init__')?.at(-1);
  if (init?.kind !== 'definition') return false;
  const { parameters } = init.defined;
  const parameter = parameters.find((each) => each.name === name) ?? parameters[index + 1];
  if (parameter?.star !== '') return false;
  for (const [attribute, bindings] of of.attributes)
    if (
      bindings.some(
        (each) => each.kind === 'value' && textOf(each.value, of.module.text) === parameter.name,
      ) &&
      !isUsedPlainly(`self.${attribute}`, of.module, resolver, of, steps - 1)
    )
      return false;
  return true;
}

/** Characters of what is called that are looked at. */
const LONGEST = 80;
