import type { SyntaxNode } from '@lezer/common';
import type { Evidence } from '../../classes/classEvidence.ts';
import { lastWord } from '../../sourceTokens.ts';
import { evidenceOfValue } from '../losses/codeEvidence.ts';
import { visible } from '../names/visibleBindings.ts';
import { calleeOf, elementsOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import { type FollowedOutput, withoutClasses, withoutLayer } from './outputs.ts';

/** Methods, functions and layers that arrange anew what they're given: probabilities stay probabilities, of classes along another axis perhaps. */
export const ARRANGES: ReadonlySet<string> = new Set(
  'view reshape squeeze unsqueeze flatten permute transpose swapaxes swapdims moveaxis movedim t rearrange unflatten'.split(
    ' ',
  ),
);

/** What takes some of the classes, or makes others of them. */
export const CHOOSES: ReadonlySet<string> = new Set(
  'index_select narrow take take_along_dim gather pad unfold fold repeat repeat_interleave tile chunk split tensor_split unbind select diagonal glu pixel_shuffle reduce strided_slice boolean_mask GLU PixelShuffle Unflatten Reshape Permute Lambda Rearrange Reduce RepeatVector Transpose'.split(
    ' ',
  ),
);

/** A layer made by a call, `Reshape((3, 10))`, by its name: where it's imported from may not be known. */
export function choosesClasses({ node, scope }: Expression): boolean {
  const callee = node.name === 'CallExpression' ? calleeOf(node) : null;
  return callee !== null && CHOOSES.has(lastWord(textOf(callee, scope.module.text)));
}

/** Properties that turn a matrix round. */
export const TURNS = /\.(?:T|mT|H|mH)$/;

/** The last axis, of the classes that a layer gives, becomes the second one, where PyTorch's losses have them. */
const TO_SECOND: readonly RegExp[] = [
  /^permute \(?0,2,1\)?$/,
  /^permute \(?0,3,1,2\)?$/,
  /^(?:transpose|swapaxes|swapdims) (?:1,2|2,1|1,-1|-1,1|-1,-2|-2,-1)$/,
  /^(?:moveaxis|movedim) (?:-1,1|2,1)$/,
];
/** `"b t c -> b c t"` */
function movesLast(pattern: string): boolean {
  const [before = [], after = []] = pattern.split('->').map((side) => side.trim().split(' '));
  return (
    before.length > 1 &&
    before.length === after.length &&
    before.at(-1) === after[1] &&
    !pattern.includes('(')
  );
}

/** `logits.view(-1, 10)`, `logits.transpose(1, 2)`: what is arranged, as far as its classes are known to stay. `given`: the other arguments. */
export function arrangedOutput(
  name: string,
  output: FollowedOutput,
  given: readonly SyntaxNode[],
  scope: Expression['scope'],
  resolver: Resolver,
  worksOn: Expression | undefined,
): FollowedOutput {
  const { text: code } = scope.module;
  if (name === 'squeeze' || name === 'unsqueeze') return withoutLayer(output);
  if (name === 'view' || name === 'reshape') {
    const isKnown = output.layer && !output.layer.isDefault;
    const isSame = isKnown && worksOn !== undefined && keepsLastAxis(worksOn, given, scope);
    return isSame ? output : { ...output, layer: sizeIn(given, scope, resolver) };
  }
  const written = `${name} ${given.map((each) => textOf(each, code).replace(/\s+/g, '')).join(',')}`;
  if (name === 'flatten')
    return /^flatten (?:0,1|0,-2|end_dim=1)$/.test(written) ? output : withoutClasses(output);
  const isMoved = name === 'rearrange' && given[0] !== undefined && movesLast(stringOf(given[0], code) ?? '');
  return isMoved || TO_SECOND.some((each) => each.test(written)) ? output : withoutClasses(output);
}

/** `logits.view(-1, logits.size(-1))`, by a name for that, too. */
function keepsLastAxis(
  worksOn: Expression,
  given: readonly SyntaxNode[],
  scope: Expression['scope'],
): boolean {
  const [first, size, ...others] = given;
  const { text: code } = scope.module;
  if (!first || !size || others.length > 0 || textOf(first, code) !== '-1') return false;
  const name = size.name === 'VariableName' ? textOf(size, code) : undefined;
  const [only, ...more] = name === undefined ? [] : (visible(name, scope, size.from)?.bindings ?? []);
  const isNamed = only?.kind === 'value' && more.length === 0 && only.scope === scope;
  const written = textOf(isNamed ? only.value : size, code).slice(0, LONGEST);
  const of = LAST_AXIS.exec(written)?.[1];
  return of !== undefined && of === textOf(worksOn.node, code).slice(0, LONGEST).replace(KEPT, '');
}

const LONGEST = 120;
const LAST_AXIS = /^([\w.]+)\.(?:size\(-1\)|shape\[-1\])$/;
const KEPT = /(?:\.(?:contiguous|float|to|cuda)\([\w.]{0,20}\)){1,2}$/;

/** K of `logits.view(-1, K)`; null where it isn't a number, as with `logits.size(-1)`, and where there are more axes. */
function sizeIn(
  given: readonly SyntaxNode[],
  scope: Expression['scope'],
  resolver: Resolver,
): Evidence | null {
  const [first] = given;
  const isList = given.length === 1 && first && /^(?:Tuple|Array)/.test(first.name);
  const [, size, ...more] = isList ? (elementsOf(first) ?? []) : given;
  if (!size || more.length > 0) return null;
  const name = textOf(size, scope.module.text);
  const evidence = evidenceOfValue({ node: size, scope }, 'count', name, 4, resolver);
  return evidence && !evidence.isDefault ? evidence : null;
}
