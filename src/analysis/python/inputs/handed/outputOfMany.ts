import type { SyntaxNode } from '@lezer/common';
import type { Evidence } from '../../../classes/classEvidence.ts';
import type { SourcePlace } from '../../../sourcePlace.ts';
import type { PyModule } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, elementsOf, entriesOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import type { Resolver } from '../../values/resolver.ts';
import { elementsIn } from '../unpackedOutput.ts';

/** Which of the outputs of a model a loss is for: by its place in a list of losses, or by the name of its layer. */
export type WhichOutput =
  | { readonly index: number; readonly count: number }
  | { readonly name: string; readonly count: number };

/** Of `compile(loss=["mse", crit])`, `compile(loss={"kind": crit})`. */
export function whichOutput(loss: SyntaxNode, code: string): WhichOutput | undefined {
  const list = loss.parent;
  if (list?.name === 'DictionaryExpression') {
    const entries = entriesOf(list, code);
    const entry = entries.find(({ value }) => value.from === loss.from);
    return entry && { name: entry.key, count: entries.length };
  }
  const all = list ? elementsOf(list) : null;
  const index = all?.findIndex(({ from }) => from === loss.from) ?? -1;
  return all && index >= 0 ? { index, count: all.length } : undefined;
}

/** Outputs of a model that are looked at. */
const MOST_OUTPUTS = 16;

/** The layer that gives it, of `keras.Model(inputs, outputs=[kind, size])`. `layerOf`: what says K of an output. */
export function layerOfMany(
  model: Expression,
  which: WhichOutput,
  resolver: Resolver,
  layerOf: (output: Expression) => Evidence | null | undefined,
): Evidence | null | undefined {
  const made = resolver.resolve(model);
  if (made.kind !== 'result' || made.of.parts.at(-1) !== 'Model') return undefined;
  const { node, scope } = made.call;
  const given = argumentsOf(argListOf(node), scope.module.text);
  const positional = given.filter(({ name, star }) => name === null && star === '');
  const outputs = given.find(({ name }) => name === 'outputs')?.value ?? positional[1]?.value;
  // A list that has a name may be turned round, or get others.
  const all = outputs && elementsIn(outputs)?.map((each) => ({ node: each, scope }));
  if (all?.length !== which.count || which.count > MOST_OUTPUTS) return undefined;
  if ('index' in which) return layerOf(all[which.index]!);
  const layers = all.map(layerOf);
  const named = layers.filter((layer) => layer && isCalled(layer.place, which.name, scope.module, resolver));
  return named.length === 1 ? named[0] : undefined;
}

/** `layers.Dense(4, name="kind")` */
function isCalled(
  { span, cell, module: key }: SourcePlace,
  name: string,
  here: PyModule,
  { cells }: Resolver,
): boolean {
  if (key !== here.key) return false;
  const { text } = cell === undefined || cell === here.cell ? here : cells.at(cell);
  return NAME.exec(textOf(span, text).slice(0, LONGEST))?.[1] === name;
}

const LONGEST = 1000;
const NAME = /\bname ?= ?["'](\w+)["']/;
