import type { NamedLoss } from '../../../frameworks/specOf.ts';
import { LOSS_REDUCTIONS } from '../../../loss/lossSpec.ts';
import type { ConfigAlpha } from '../../lossConfig.ts';
import { type Given, givenFor } from '../losses/boundCall.ts';
import type { RecognizedCall } from '../losses/recognized.ts';
import type { Resolver } from '../values/resolver.ts';
import { givenWeights } from './givenWeights.ts';
import { changedLater } from './later/changedLoss.ts';

/** True if class weights are given. */
export function isWeighted(weight: Given | undefined): weight is Given {
  return weight !== undefined && weight.expression.node.name !== 'None';
}

/** The loss, and which of the arguments that it follows from besides α aren't known. */
export function namedLoss(
  call: RecognizedCall,
  { value }: ConfigAlpha,
  weight: Given | undefined,
  resolver: Resolver,
): { readonly loss: NamedLoss; readonly unread: readonly string[] } {
  const { entry, convention, bound, parameters, site } = call;
  const valueFor = (parameter: string) => {
    const given = givenFor(bound, parameter, parameters);
    return given && resolver.resolve(given.expression);
  };
  const reduction = valueFor('reduction');
  const known = LOSS_REDUCTIONS.find((each) => reduction?.kind === 'text' && reduction.text === each);
  const ignoring = entry
    ? entry.ignore?.argument
    : parameters.find((each) => /^(?:pad|ignore_ind)/.test(each));
  const ignored = ignoring === undefined ? undefined : valueFor(ignoring);
  const index = ignored?.kind === 'number' && !ignored.isDefault ? ignored.value : Number.NaN;
  // Others multiply something else by them.
  const weights =
    isWeighted(weight) && entry?.weights === 'target' ? givenWeights(weight.expression, resolver) : undefined;
  const isReweighed = changedLater(site, 'weight') !== undefined;
  const unread = [
    ...(isReweighed || (isWeighted(weight) && !weights) ? ['weight'] : []),
    ...(ignoring !== undefined && ignored && !Number.isInteger(index) ? [ignoring] : []),
    ...(reduction && !known ? ['reduction'] : []),
    ...(bound.open ? ['**'] : []),
  ];
  const loss = {
    ...(entry && { api: entry.id }),
    ...(convention && { convention }),
    ...(value !== undefined && { labelSmoothing: value }),
    ...(weights && !isReweighed && { weight: weights }),
    ...(ignored?.kind === 'number' && Number.isInteger(ignored.value) && { ignoreIndex: ignored.value }),
    ...(known && { reduction: known }),
  };
  return { loss, unread };
}
