import type { LossUse } from '../inputs/lossUses.ts';
import { visible } from '../names/visibleBindings.ts';
import type { CallSite, Scope } from '../syntax/pythonScopes.ts';
import { calleeOf, dottedOf } from '../syntax/syntaxNodes.ts';
import type { UsedLoss } from './usedLoss.ts';

/** Of the uses those that are surely of this loss: what goes by its name there is it, and nothing else. */
export function withSureUses(used: UsedLoss): UsedLoss {
  const { call, inputs } = used;
  const isSure = ({ site }: LossUse) => site === null || isSurelyOf(site, call.site);
  const uses = inputs.uses.filter(isSure);
  if (uses.length === inputs.uses.length) return used;
  const followed = inputs.followed.filter(({ use }) => isSure(use));
  return { ...used, inputs: { ...inputs, uses, followed } };
}

function isSurelyOf(use: CallSite, made: CallSite): boolean {
  // The loss is a function, or is called where it's made.
  if (use.node.from === made.node.from) return true;
  const { scope, node } = use;
  const name = dottedOf(calleeOf(node), scope.module.text);
  if (name === undefined) return true;
  const bindings = name.startsWith('self.')
    ? attributesOf(name.slice('self.'.length), scope)
    : (visible(name, scope, node.from)?.bindings ?? []);
  const [only, ...others] = bindings;
  return others.length === 0 && only?.kind === 'value' && only.value.from === made.node.from;
}

function attributesOf(name: string, scope: Scope) {
  for (let each: Scope | null = scope; each; each = each.parent)
    if (each.kind === 'class') return each.attributes.get(name) ?? [];
  return [];
}
