import { visible } from '../names/visibleBindings.ts';
import { lineOf } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, memberOf, textOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { LossUse } from './lossUses.ts';

/** Characters of a name or a statement that are looked at. */
const [LONGEST_NAME, LONGEST_STATEMENT] = [80, 400];
/** `.view(-1, 784).float()` */
const MOST_METHODS = 4;

/** What a model gives back of its input, by name. */
const RECONSTRUCTED = /(?:^|_)recon(?:s|_x|struct(?:ed|ions?))?(?:_|$)|^x_hat$|^decoded$/i;
/** What goes into a model, by name. */
const INPUT = /^(?:x|tf_x|inputs?|images?|imgs?|features?)$/i;

/** What goes in is to come out, as of an autoencoder: targets are values of pixels. */
export function isReconstruction({ logits, targets, input }: LossUse): boolean {
  const target = targets && nameOf(targets);
  if (!target) return false;
  if (input) return nameOf(input) === target;
  if (INPUT.test(target.slice(target.lastIndexOf('.') + 1))) return true;
  if (!logits) return false;
  const name = nameOf(logits);
  return (name !== undefined && RECONSTRUCTED.test(name)) || isMadeOf(logits, target);
}

/** The name behind `x.view(-1, 784)`. */
function nameOf({ node: given, scope }: Expression): string | undefined {
  let node = unwrapped(given);
  for (let steps = 0; node.name === 'CallExpression' && steps < MOST_METHODS; steps++) {
    const callee = calleeOf(node);
    if (callee?.name !== 'MemberExpression' || !callee.firstChild) return undefined;
    node = unwrapped(callee.firstChild);
  }
  if (!/^(?:Variable|Member)/.test(node.name) || node.to - node.from > LONGEST_NAME) return undefined;
  return textOf(node, scope.module.text);
}

/** `decoded = model(x)` of `x`, or the call itself. */
function isMadeOf({ node: given, scope }: Expression, target: string): boolean {
  const node = unwrapped(given);
  const { module } = scope;
  if (node.name === 'CallExpression') {
    const callee = calleeOf(node);
    if (callee?.name === 'MemberExpression' && memberOf(callee, module.text) !== 'forward') return false;
    return argumentsOf(argListOf(node), module.text).some(
      ({ value }) => nameOf({ node: value, scope }) === target,
    );
  }
  if (node.name !== 'VariableName') return false;
  const bindings = visible(textOf(node, module.text), scope, node.from)?.bindings ?? [];
  return bindings.some((each) => {
    if (each.kind === 'value') return isMadeOf({ node: each.value, scope: each.scope }, target);
    if (each.kind !== 'unknown') return false;
    // `code, decoded = model(x)`
    const { lineStarts, text } = each.scope.module;
    const end = lineStarts[lineOf(each.scope.module, each.at) + 1] ?? text.length;
    const statement = text.slice(each.at, Math.min(end, each.at + LONGEST_STATEMENT)).trimEnd();
    return /= ?\w{1,80}\(/.test(statement) && statement.endsWith(`(${target})`);
  });
}
