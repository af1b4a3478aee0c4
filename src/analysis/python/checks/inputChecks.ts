import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import type { Fix } from '../../checks/fix.ts';
import type {
  LogitsAsProbabilities,
  MaskedLogits,
  ProbabilitiesAsLogits,
} from '../../checks/usageFindings.ts';
import type { LossConfig } from '../../lossConfig.ts';
import { takesLogits } from '../inputs/lossInputs.ts';
import type { LossUse } from '../inputs/lossUses.ts';
import { givenFor } from '../losses/boundCall.ts';
import { argListOf, argumentsOf, calleeOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { placeOf } from '../values/pythonValues.ts';
import { sureAlpha, sureClasses, type UsedLoss } from './usedLoss.ts';

/**
 * A softmax or a sigmoid in front of a loss that applies its own, or that takes logarithms of probabilities. One in front of a log-softmax
 * alone changes nothing.
 */
export function probabilitiesAsLogits(used: UsedLoss): readonly ProbabilitiesAsLogits[] {
  const { config, call, inputs, resolver } = used;
  const takesLogs = config.entry?.id === 'torch.NLLLoss';
  if (!config.entry || !(takesLogs || takesLogits(call, resolver))) return [];
  const seen = new Set<string>();
  return inputs.followed.flatMap(({ use, output }): readonly ProbabilitiesAsLogits[] => {
    const { activation, layer } = output;
    const shown = activation && shownAt(activation.at, use, used);
    if (!activation || !shown) return [];
    // A cause is said once, wherever the loss gets what comes of it.
    const { node, scope } = activation.at;
    const cause = `${scope.module.key} ${scope.module.cell} ${node.from}`;
    if (seen.has(cause)) return [];
    seen.add(cause);
    const kind = /softmax/i.test(activation.name) ? 'softmax' : 'sigmoid';
    const named = givenFor(call.bound, 'from_logits', call.parameters);
    const { logits } = use;
    const isKeras = /keras/i.test(config.framework ?? '');
    // K has to be that of the very layer in front of the softmax.
    const isOfLayer = layer?.value === sureClasses(config);
    return [
      {
        rule: 'probabilities-as-logits',
        ...shown,
        activation: kind,
        ...(takesLogs && { takesLogs }),
        argument: named ? 'from_logits' : null,
        byBackend: isKeras,
        least: kind === 'softmax' && !isKeras && !takesLogs && isOfLayer ? leastOf(config) : null,
        fix: logits && !takesLogs ? withoutActivation(logits, activation.at) : null,
      },
    ];
  });
}

/** In this document where it's written; what another file or cell does is shown where the loss gets it. */
function shownAt(
  { node, scope }: Expression,
  { logits }: LossUse,
  { config, call }: UsedLoss,
): Pick<ProbabilitiesAsLogits, 'span' | 'place'> | undefined {
  const { module } = call.site.scope;
  if (scope.module === module) return { span: { from: node.from, to: node.to }, place: null };
  if (logits && logits.scope.module !== module) return undefined;
  const { from, to } = logits?.node ?? config.callee;
  return { span: { from, to }, place: placeOf(scope.module, node) };
}

/**
 * Of logits that are themselves a softmax the best is 1 for the true class and 0 for the others: ln(e + K − 1) − on. That holds as long
 * as moving some to another class costs more than it gains: on − off ≥ (e − 1)/(e + K − 1).
 */
function leastOf(config: LossConfig): ProbabilitiesAsLogits['least'] {
  const { convention, labels, form, weighted, alpha: given } = config;
  const classes = sureClasses(config);
  const alpha = given.value === 0 ? 0 : sureAlpha(config);
  if (classes === undefined || classes < 2 || alpha === undefined || form !== 'ce') return null;
  if (labels !== 'hard' || weighted || config.entry?.form !== undefined) return null;
  const { on, off } =
    alpha === 0 ? { on: 1, off: 0 } : specFiguresOf(convention ?? 'UNIFORM_K', alpha, classes, 'ce');
  if (alpha > 0 && convention !== 'UNIFORM_K' && convention !== 'UNIFORM_OTHERS') return null;
  const sum = Math.E + classes - 1;
  return on - off >= (Math.E - 1) / sum ? { loss: Math.log(sum) - on, classes, alpha } : null;
}

/** `F.softmax(z, dim=1)`, written where the loss is called: without it. */
function withoutActivation(logits: Expression, activation: Expression): Fix | null {
  const { node, scope } = activation;
  const isWritten = logits.scope.module === scope.module && logits.node.from === node.from;
  if (!isWritten || logits.node.to !== node.to) return null;
  const { text } = scope.module;
  const callee = calleeOf(node);
  const [first] = argumentsOf(argListOf(node), text);
  const object = callee?.name === 'MemberExpression' ? callee.firstChild : null;
  const isFunction = object !== null && /^(?:torch|F|nn|tf|jax|functional)\b/.test(textOf(object, text));
  const inner = isFunction || !object ? (first?.star === '' ? first.value : null) : object;
  if (!inner) return null;
  return {
    kind: 'remove-activation',
    edits: [{ span: { from: node.from, to: node.to }, text: textOf(inner, text) }],
  };
}

/** Keras takes probabilities unless it's told otherwise. */
export function logitsAsProbabilities(used: UsedLoss): readonly LogitsAsProbabilities[] {
  const { config, call, inputs } = used;
  const { entry } = config;
  if (!entry || !/keras/i.test(entry.framework) || !call.parameters.includes('from_logits')) return [];
  if (call.bound.open || givenFor(call.bound, 'from_logits', call.parameters)) return [];
  const outputs = inputs.followed.map(({ output }) => output);
  const layer = outputs.find(({ plainLayer }) => plainLayer)?.plainLayer;
  if (!layer || outputs.some(({ isProbability }) => isProbability)) return [];
  const { module } = layer.scope;
  const { node } = call.site;
  const list = node.name === 'CallExpression' ? argListOf(node) : null;
  const isClass = call.form?.form.kind === 'class';
  const last = list?.lastChild?.prevSibling;
  const fix: Fix | null =
    list && last && isClass
      ? {
          kind: 'insert-argument',
          edits: [
            {
              span: { from: list.to - 1, to: list.to - 1 },
              text: `${last.name === '(' ? '' : last.name === ',' ? ' ' : ', '}from_logits=True`,
            },
          ],
        }
      : null;
  return [
    {
      rule: 'logits-as-probabilities',
      span: config.callee,
      layer: textOf(layer.node, module.text),
      place: module === call.site.scope.module ? null : placeOf(module, layer.node),
      argument: 'from_logits',
      activation: /binary/i.test(entry.id) ? 'sigmoid' : 'softmax',
      fix,
    },
  ];
}

/** A masked class has its share of α all the same, and costs −ln 0 times that. */
export function maskedLogits(used: UsedLoss): readonly MaskedLogits[] {
  const { config, inputs } = used;
  const { convention, entry } = config;
  if (sureAlpha(config) === undefined || config.labels !== 'hard') return [];
  if (convention === null || !/^UNIFORM|^ADDITIVE/.test(convention) || entry?.mixes) return [];
  const masks = inputs.followed.flatMap(({ use, output: { mask } }) => {
    const shown = mask && shownAt(mask, use, used);
    return shown ? [{ ...shown, text: textOf(mask.node, mask.scope.module.text) }] : [];
  });
  return [...new Map(masks.map((mask) => [mask.span.from, mask])).values()].map(({ span, place, text }) => ({
    rule: 'masked-logits',
    span,
    place,
    finite: /finfo/.test(text),
    fix: null,
  }));
}
