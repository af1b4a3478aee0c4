import type { SmoothedEvaluation, SmoothedPerplexity, SmoothedStopping } from '../../checks/usageFindings.ts';
import { claimsOf } from '../../claims/lossClaims.ts';
import type { CallSite, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { factsOf } from './moduleFacts.ts';
import { functionOf, statementAround, sureAlpha, sureClasses, type UsedLoss } from './usedLoss.ts';

/** Functions that evaluate, by the names that frameworks and tutorials give them. Tests of code are called `test_this`. */
const EVALUATES =
  /^_?(?:evaluate|evaluation|evaluate_(?:model|epoch|loss|one_epoch)|eval_(?:step|epoch|model|one_epoch|loop)|validate|validation|validate_(?:epoch|one_epoch|model)|validation_(?:step|epoch|loop)|val_(?:step|epoch|one_epoch|loop)|valid_(?:step|epoch|one_epoch)|test_(?:step|epoch|one_epoch)|(?:run|do)_(?:eval|evaluation|validation))$/;
const WITHOUT_GRADIENTS = /\b(?:no_grad|inference_mode)\b/;
/** What shows that code without gradients is an evaluation. */
const OF_EVALUATION =
  /\.eval\(\)|\b(?:val|valid|validation|test|eval|dev)_?(?:loader|dataloader|dl|iter|loss|ds|set|data|dataset)/i;
/** Levels between a call and the block it's in. */
const MOST_LEVELS = 60;
/** Characters of a function that are looked through. */
const LONGEST = 6000;

/** A loss that smooths, where a model is evaluated. */
export function smoothedEvaluation(used: UsedLoss): readonly SmoothedEvaluation[] {
  const { config, call, inputs } = used;
  if (sureAlpha(config) === undefined) return [];
  const { module } = call.site.scope;
  const found = inputs.uses.flatMap(({ site }): readonly SmoothedEvaluation[] => {
    if (!site || site.scope.module !== module) return [];
    const shown = evaluationAround(site);
    if (shown === undefined) return [];
    const callee = calleeOf(site.node) ?? site.node;
    const least = leastOf(used);
    return [
      { rule: 'smoothed-evaluation', span: { from: callee.from, to: callee.to }, shown, least, fix: null },
    ];
  });
  return found.slice(0, 1);
}

function leastOf({ config }: UsedLoss): number | null {
  const classes = sureClasses(config);
  return classes === undefined ? null : claimsOf(config, classes).floor;
}

/** What shows that a call is part of an evaluation; undefined if nothing does. */
function evaluationAround({ node, scope }: CallSite): string | undefined {
  const { text } = scope.module;
  const around = functionOf(scope);
  if (around.kind === 'function' && EVALUATES.test(around.name)) return around.name;
  let shown = decoratorOf(around);
  for (let [each, levels] = [node.parent, 0]; each && levels < MOST_LEVELS; each = each.parent, levels++) {
    if (each.name === 'FunctionDefinition') break;
    if (each.name !== 'WithStatement') continue;
    const head = text.slice(each.from, each.getChild('Body')?.from ?? each.from);
    shown ??= WITHOUT_GRADIENTS.exec(head)?.[0];
  }
  if (shown === undefined) return undefined;
  const { from, to } =
    around.kind === 'function' ? around.span : { from: node.from - LONGEST / 4, to: node.to };
  const start = Math.max(0, from, node.from - LONGEST / 2);
  return OF_EVALUATION.test(text.slice(start, Math.min(to, start + LONGEST))) ? shown : undefined;
}

function decoratorOf({ decorators }: Scope): string | undefined {
  for (const decorator of decorators) {
    const shown = WITHOUT_GRADIENTS.exec(decorator)?.[0];
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** Keras' callbacks that watch the loss of the validation data. */
export function smoothedStopping(used: UsedLoss): readonly SmoothedStopping[] {
  const { config, call, inputs } = used;
  if (sureAlpha(config) === undefined || !inputs.uses.some(({ model }) => model)) return [];
  const { module } = call.site.scope;
  for (const site of factsOf(module).earlyStopping) {
    const given = argumentsOf(argListOf(site.node), module.text);
    const monitor =
      given.find(({ name }) => name === 'monitor')?.value ?? given.find(({ name }) => name === null)?.value;
    const watched = monitor ? stringOf(monitor, module.text) : 'val_loss';
    if (watched !== 'val_loss') continue;
    const callee = calleeOf(site.node)!;
    return [
      {
        rule: 'smoothed-stopping',
        span: { from: callee.from, to: callee.to },
        callback: 'EarlyStopping',
        monitor: watched,
        fix: null,
      },
    ];
  }
  return [];
}

/** Names that a loss goes on to: it, its sum, its mean. */
const MOST_NAMES = 8;

/** exp of a smoothed loss, where that is called perplexity. */
export function smoothedPerplexity(used: UsedLoss): readonly SmoothedPerplexity[] {
  const { config, call, inputs } = used;
  if (sureAlpha(config) === undefined) return [];
  const { module } = call.site.scope;
  if (factsOf(module).exponentials.length === 0) return [];
  for (const { site } of inputs.uses) {
    if (!site || site.scope.module !== module) continue;
    const exponential = exponentialOf(site, module);
    if (!exponential) continue;
    const floor = leastOf(used);
    const { from, to } = exponential.node;
    const least = floor === null ? null : Math.exp(floor);
    return [{ rule: 'smoothed-perplexity', span: { from, to }, least, fix: null }];
  }
  return [];
}

/** `math.exp(loss)`, in the function of the call, of what it gives or what that is added to. */
function exponentialOf(use: CallSite, module: PyModule): CallSite | undefined {
  const around = functionOf(use.scope);
  const { exponentials } = factsOf(module);
  if (exponentials.length === 0) return undefined;
  const names = namesOf(use, around, module);
  for (const site of exponentials) {
    if (site.node.from < around.span.from || site.node.to > around.span.to) continue;
    const isItself = site.node.from < use.node.from && use.node.to <= site.node.to;
    const argument = textOf(argListOf(site.node) ?? site.node, module.text);
    if (isItself || (site.node.from > use.node.from && names.some((name) => hasName(argument, name))))
      return site;
  }
  return undefined;
}

/** The names that the value of a call is given, and those of sums that it's added to. */
function namesOf(use: Expression, { span }: Scope, module: PyModule): readonly string[] {
  const names: string[] = [];
  const assigned = ASSIGNED.exec(textOf(statementAround(use), module.text).slice(0, 200));
  if (assigned?.[1] !== undefined) names.push(assigned[1]);
  const lines = module.text.slice(use.node.from, Math.min(span.to, use.node.from + LONGEST)).split('\n');
  for (const line of lines) {
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined || value === undefined || names.includes(name)) continue;
    if (/\bexp\(/.test(value) || !names.some((each) => hasName(value, each))) continue;
    if (names.length >= MOST_NAMES) break;
    names.push(name);
  }
  return names;
}

const ASSIGNED = /^([\w.]+)\s*[+]?=(?!=)/;
const ASSIGNMENT = /^\s*([\w.]+)\s*[+]?=(?!=)([^\n]{1,300})$/;

function hasName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w.]/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length))) return true;
  return false;
}
