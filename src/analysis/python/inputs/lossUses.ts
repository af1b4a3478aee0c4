import type { SyntaxNode } from '@lezer/common';
import type { RecognizedCall } from '../losses/recognized.ts';
import { callsOf } from '../names/moduleIndex.ts';
import { withoutMoves } from '../names/movedBindings.ts';
import { visible } from '../names/visibleBindings.ts';
import { type CallSite, classOf, type Scope } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf, memberOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { type WhichOutput, whichOutput } from './handed/outputOfMany.ts';
import { callsWherePassed } from './handed/passedValue.ts';

/** What a loss is computed of, in one place of the code. */
export interface LossUse {
  readonly logits: Expression | null;
  readonly targets: Expression | null;
  /** What is trained with it, of `model.compile(loss=…)`. */
  readonly model: Expression | null;
  /** What that is trained on, of `model.fit(x, y)`. */
  readonly input?: Expression;
  /** The model has several outputs, and a loss for each. */
  readonly isOneOfMany?: boolean;
  /** Which of those it is for. */
  readonly which?: WhichOutput;
  /** The call; null where a framework makes it. */
  readonly site: CallSite | null;
}

/** Places where one loss is called that are looked at. */
const MOST_USES = 16;

const LOGITS = /^(?:input|inputs|logits|y_pred|pred|preds|output|outputs|x|scores)$/;
const TARGETS = /^(?:target|targets|labels?|y_true|y|onehot_labels|multi_class_labels)$/;
/** The same of functions of one's own. */
const OWN_LOGITS = /^(?:\w*logits|y_?(?:pred|hat)|preds?|predictions?|inputs?|outputs?|x|scores)$/;
const OWN_TARGETS = /^(?:gt_?\w*|gold|targets?|labels?|y|y_?true)$/;

/** What a loss is computed of, wherever the module shows that. */
export function lossUses(call: RecognizedCall): readonly LossUse[] {
  const { form, site, entry } = call;
  // What makes targets isn't called with logits.
  if (entry?.mixes) return [];
  // What is handed over by name, or isn't called here, has no arguments.
  const isCall = site.node.name === 'CallExpression';
  if (form && form.form.kind !== 'class' && isCall) return [useOf(site, form.form.parameters)];
  // A function's name begins with a small letter, that of a class doesn't.
  const isOwn = !form && entry === null && isCall && /^_*[a-z]/.test(site.name);
  const use = isOwn ? useOf(site, call.parameters, OWN_LOGITS, OWN_TARGETS) : undefined;
  if (use?.logits && use.targets && use.logits.node.from !== use.targets.node.from) return [use];
  const compiled = compiledUses(site);
  if (compiled) return compiled;
  return usesOf(site).map((use) => useOfMade(use, call));
}

/** What the loss that a call makes is computed of, where that is called. */
export function useOfMade(use: CallSite, { framework }: RecognizedCall): LossUse {
  return useOf(use, /keras/i.test(framework ?? '') ? ['y_true', 'y_pred'] : ['input', 'target']);
}

/** `model.compile(loss=…)`, and the targets of its `fit`; of several losses each is of one of several outputs. */
function compiledUses({ node, scope }: CallSite): readonly LossUse[] | null {
  const { module } = scope;
  const isInList = node.parent?.name === 'ArrayExpression' || node.parent?.name === 'DictionaryExpression';
  const list = isInList ? node.parent!.parent : node.parent;
  const call = list?.name === 'ArgList' ? list.parent : null;
  const callee = call ? calleeOf(call) : null;
  const object = callee?.name === 'MemberExpression' ? callee.firstChild : null;
  if (!callee || !object || memberOf(callee, module.text) !== 'compile') return null;
  const model = { node: object, scope };
  if (isInList) {
    const which = whichOutput(node, module.text);
    return [{ logits: null, targets: null, model, isOneOfMany: true, ...(which && { which }), site: null }];
  }
  const name = dottedOf(object, module.text);
  const isOnce = name !== undefined && callsOf(module, `${name}.compile`).length === 1;
  const fits = isOnce ? callsOf(module, `${name}.fit`).slice(0, MOST_USES) : [];
  const uses = fits.map((fit) => {
    const { targets } = useOf(fit, ['x', 'y']);
    const [first] = argumentsOf(argListOf(fit.node), module.text);
    const input = first && first.star === '' && first.value !== targets?.node ? first.value : null;
    return {
      logits: null,
      targets,
      model,
      site: null,
      ...(input && { input: { node: input, scope: fit.scope } }),
    };
  });
  return uses.length > 0 ? uses : [{ logits: null, targets: null, model, site: null }];
}

/** The calls of what a call makes: right away, or by the name that it's assigned to. */
function usesOf(site: CallSite): readonly CallSite[] {
  const { scope } = site;
  const { module } = scope;
  const node = onDevice(site.node, module.text);
  const outer = node.parent;
  if (
    outer?.name === 'CallExpression' &&
    calleeOf(outer)?.from === node.from &&
    calleeOf(outer)?.to === node.to
  )
    return [{ node: outer, name: '', scope }];
  const name = outer?.name === 'AssignStatement' ? dottedOf(outer.firstChild, module.text) : undefined;
  if (name === undefined) return [];
  const owner = name.startsWith('self.') ? classOf(scope) : null;
  const calls = callsOf(module, name);
  if (owner) return calls.filter((each) => classOf(each.scope) === owner).slice(0, MOST_USES);
  const kept = callsOfAttribute(name, scope);
  if (kept.length > 0) return kept.slice(0, MOST_USES);
  const own = calls.slice(0, MOST_CALLS).filter((each) => isMadeBy(name, each, node));
  // Handed to a function that has it by the same name.
  const others = own.length > 0 ? own : calls.filter((each) => !isSetThere(name, each));
  return (others.length > 0 ? others : callsWherePassed(name, module)).slice(0, MOST_USES);
}

/** Calls of one name that are told apart by where the name is set. */
const MOST_CALLS = 200;

/** `bce = nn.BCELoss()` … `self.bce, self.ce = bce, ce`: the calls of the attribute. */
function callsOfAttribute(name: string, scope: Scope): readonly CallSite[] {
  const owner = scope.kind === 'function' ? classOf(scope) : null;
  if (!owner) return [];
  for (const [attribute, bindings] of owner.attributes)
    for (const each of bindings)
      if (each.kind === 'value' && each.scope === scope && textOf(each.value, scope.module.text) === name)
        return callsOf(scope.module, `self.${attribute}`).filter((call) => classOf(call.scope) === owner);
  return [];
}

/** What a name is at a call may be what another call makes. */
function isMadeBy(name: string, { node, scope }: CallSite, made: SyntaxNode): boolean {
  const bindings = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
  return bindings.some((each) => each.kind === 'value' && each.value.from === made.from);
}

/** `nn.CrossEntropyLoss().to(device)`, of the loss. */
export function onDevice(made: SyntaxNode, code: string): SyntaxNode {
  let node = made;
  for (let steps = 0; steps < MOST_METHODS; steps++) {
    const member = node.parent;
    const call =
      member?.name === 'MemberExpression' && member.firstChild?.from === node.from ? member.parent : null;
    if (
      !member ||
      call?.name !== 'CallExpression' ||
      !/^(?:to|cuda|cpu|half|float)$/.test(memberOf(member, code) ?? '')
    )
      return node;
    node = call;
  }
  return node;
}

/** `.float().cuda()` */
const MOST_METHODS = 3;

/** The function of a call sets the name itself. */
function isSetThere(name: string, { scope }: CallSite): boolean {
  return scope.kind === 'function' && (scope.bindings.get(name) ?? []).some(({ kind }) => kind === 'value');
}

function useOf(
  site: CallSite,
  parameters: readonly string[],
  asLogits = LOGITS,
  asTargets = TARGETS,
): LossUse {
  const { node, scope } = site;
  const given = argumentsOf(argListOf(node), scope.module.text);
  const positional = given.filter(({ name, star }) => name === null && star === '');
  const find = (pattern: RegExp): Expression | null => {
    const named = given.find(({ name }) => name !== null && pattern.test(name))?.value;
    const position = parameters.findIndex((name) => pattern.test(name));
    const value: SyntaxNode | undefined =
      named ?? (position === -1 ? undefined : positional[position]?.value);
    return value ? { node: value, scope } : null;
  };
  return { logits: find(asLogits), targets: find(asTargets), model: null, site };
}
