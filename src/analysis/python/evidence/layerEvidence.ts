import { COUNT_NAME, type Evidence } from '../../classes/classEvidence.ts';
import { lastWord } from '../../sourceTokens.ts';
import { evidenceOfValue, LONGEST_NAME } from '../losses/codeEvidence.ts';
import { reachOf } from '../names/evidenceReach.ts';
import type { Binding, CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { placeOf } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';

/** The last layer of each class, function or model that has any. */
export function evidenceOfLayers(module: PyModule, resolver: Resolver): readonly Evidence[] {
  const { layers } = resolver.apis;
  const lasts = new Map<unknown, CallSite[]>();
  for (const call of module.calls) {
    if (!layers.has(call.name)) continue;
    const owner = call.scope.parent?.kind === 'class' ? call.scope.parent : call.scope;
    if (MAKES_SAMPLES.test(owner.name)) continue;
    const before = lasts.get(owner);
    // What is inside another layer's arguments isn't behind it.
    if (!before) lasts.set(owner, [call]);
    else if (call.node.to > before[0]!.node.to) before.unshift(call);
  }
  const owners = [...lasts.values()].map((calls) => calls.map((call) => layerOf(call, resolver)));
  // The layer that gives the logits may be one whose size isn't known here.
  if (
    owners.some((layers, i) =>
      layers.some((each, j) => isOpen(each, i === owners.length - 1 && j === 0, resolver)),
    )
  )
    return [];
  const outer = owners.filter(([last]) => last && !isInside(last));
  const told = outer.filter(([last]) => last && isSizedByCount(last));
  // Blocks of a model end with layers, too: where one is as large as there are classes, that's the model's last.
  return (told.length > 0 ? told : outer).flatMap(([last, ...others], i, all) => {
    const heads = others.slice(0, MOST_HEADS).filter((each) => isHeadBeside(each!, last!));
    const weight = i === all.length - 1 ? 4 : 2;
    return [last!, ...heads].flatMap(({ call, size }) => {
      const name = textOf(call.node, module.text);
      const evidence =
        size && evidenceOfValue({ node: size, scope: call.scope }, 'last-layer', name, weight, resolver);
      return evidence ? [{ ...evidence, place: placeOf(module, call.node), reach: reachOf(call.scope) }] : [];
    });
  });
}

/** What comes out of these has no classes. */
const MAKES_SAMPLES = /generator|discriminator|critic|auto_?encoder|vae/i;

/** Layers in front of the last of its class or function that may be another head. */
const MOST_HEADS = 8;

/** A layer, the size of its output, and what it is put on, as far as that is written: a size or a tensor. */
interface Layer {
  readonly call: CallSite;
  readonly size: Expression['node'] | undefined;
  readonly input: string | null;
}

function layerOf(call: CallSite, resolver: Resolver): Layer {
  const { parameter, position } = resolver.apis.layers.get(call.name)!;
  const { text: code } = call.scope.module;
  const given = argumentsOf(argListOf(call.node), code);
  const positional = given.filter(({ name, star }) => name === null && star === '');
  const size = (given.find(({ name }) => name === parameter) ?? positional[position])?.value;
  const outer = call.node.parent;
  const isApplied = outer?.name === 'CallExpression' && calleeOf(outer)?.to === call.node.to;
  const input = isApplied
    ? argListOf(outer)
    : (given.find(({ name }) => name === 'in_features') ?? (position > 0 ? positional[0] : undefined))?.value;
  return { call, size, input: input ? textOf(input, code).slice(0, LONGEST_NAME) : null };
}

function isSizedByCount({ call, size }: Layer): boolean {
  return size !== undefined && COUNT_NAME.test(lastWord(textOf(size, call.scope.module.text)));
}

/** Its size isn't known, and is the number of classes by its name, or that of the last layer there is. */
function isOpen({ call, size }: Layer, isLast: boolean, resolver: Resolver): boolean {
  if (!size) return false;
  if (!isLast && !isSizedByCount({ call, size, input: null })) return false;
  const value = resolver.resolve({ node: size, scope: call.scope });
  // `num_classes=1`, unless a caller says otherwise.
  return value.kind !== 'number' || (value.isDefault === true && value.value < 2);
}

/** What it gives goes through an activation of the layers inside. */
function isInside({ call: { node, scope } }: Layer): boolean {
  const { text: code } = scope.module;
  const own = argumentsOf(argListOf(node), code).find(({ name }) => name === 'activation');
  if (own && INSIDE.test(stringOf(own.value, code) ?? lastWord(textOf(own.value, code)))) return true;
  const next = node.nextSibling?.name === ',' ? node.nextSibling.nextSibling : null;
  const isListed = /^(?:ArgList|ArrayExpression)$/.test(node.parent?.name ?? '');
  const callee = isListed && next?.name === 'CallExpression' ? calleeOf(next) : null;
  return callee !== null && INSIDE.test(lastWord(textOf(callee, code)));
}

const INSIDE =
  /^(?:(?:leaky_?|p|r|c|thresholded_?)?relu6?|gelu|s?elu|silu|swish|hard_?swish|mish|softplus)$/i;

/** Put on the same as another layer, and not what that is put on. */
function isHeadBeside({ input, size, call }: Layer, last: Layer): boolean {
  if (input === null || input !== last.input || !size) return false;
  // `x` may be another tensor by then.
  const bound = call.scope.bindings.get(input.replace(/^\(|\)$/g, '')) ?? [];
  const isAnother = ({ kind, ...binding }: Binding) =>
    kind === 'value' &&
    'value' in binding &&
    binding.value.to >= call.node.to &&
    binding.value.to <= last.call.node.from;
  if (bound.some(isAnother)) return false;
  return textOf(size, call.scope.module.text) !== last.input;
}
