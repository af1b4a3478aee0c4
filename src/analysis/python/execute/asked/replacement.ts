import type { AgainstPyTorch, ReadLoss, Replacement } from '../../../claims/executedLoss.ts';
import type { ConfigAlpha } from '../../../lossConfig.ts';
import type { RecognizedCall } from '../../losses/recognized.ts';
import { nameValue } from '../../names/nameValues.ts';
import { argListOf } from '../../syntax/syntaxNodes.ts';
import { pathOf } from '../../values/pythonValues.ts';
import type { Resolver } from '../../values/resolver.ts';
import type { Reading } from '../execution.ts';

/** What PyTorch ignores if nobody says what. */
const IGNORED = -100;

/** Torch's own loss in place of the call that makes a loss, where both are equal and are called in the same way; else null. */
export function replacementOf(
  reading: Reading,
  { against, reduction }: Pick<ReadLoss, 'against' | 'reduction'>,
  { site, bound }: RecognizedCall,
  alpha: ConfigAlpha,
  resolver: Resolver,
): Replacement | null {
  const { ignored, paddingClass, weights, calledAsTorch, alphaIs } = reading;
  if (!against?.equal || reduction === null || !calledAsTorch) return null;
  if (paddingClass !== null || (weights !== null && weights !== 'unused') || bound.open) return null;
  if (ignored && ignored.how !== 'leftOut') return null;
  // Elsewhere it's another loss, or it's trained otherwise than its value says.
  if (reading.gradient || reading.holds.length > 0) return null;
  const name = nameOfLoss(site.scope, site.node.from, resolver);
  const amount = amountOf(alphaIs, against, alpha);
  if (name === null || amount === null || !argListOf(site.node)) return null;
  const given = [
    `label_smoothing=${amount}`,
    ...(ignored && ignored.index !== IGNORED ? [`ignore_index=${ignored.index}`] : []),
    ...(reduction === 'mean' ? [] : [`reduction="${reduction}"`]),
  ];
  const { from, to } = site.node;
  return { span: { from, to }, text: `${name}(${given.join(', ')})` };
}

/** As the call has it, or its number. */
function amountOf(alphaIs: Reading['alphaIs'], { alpha }: AgainstPyTorch, known: ConfigAlpha): string | null {
  if (typeof alphaIs === 'object') return String(alphaIs.fixed);
  if (alphaIs !== 'parameter' || known.value !== alpha || known.state === 'callers') return null;
  return known.text !== null && known.span !== null ? known.text : String(alpha);
}

/** `nn.CrossEntropyLoss`, by the names that are there. */
function nameOfLoss(
  scope: RecognizedCall['site']['scope'],
  offset: number,
  resolver: Resolver,
): string | null {
  for (const [name, path, loss] of NAMES) {
    // What everybody means by a name needn't be imported here.
    if (!scope.module.scope.bindings.has(name)) continue;
    const value = nameValue(resolver, name, scope, offset);
    if (value.kind === 'path' && value.level === 0 && pathOf(value) === path) return loss;
  }
  return null;
}

const NAMES = [
  ['nn', 'torch.nn', 'nn.CrossEntropyLoss'],
  ['CrossEntropyLoss', 'torch.nn.CrossEntropyLoss', 'CrossEntropyLoss'],
  ['torch', 'torch', 'torch.nn.CrossEntropyLoss'],
] as const;
