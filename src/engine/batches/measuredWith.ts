import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { BatchView, MeasuredWith } from '../../protocol/engineChannel.ts';
import type { ReadBatch } from '../origins/origin.ts';

type Batch = ReadBatch['batch'];

/** What the rows of a batch are measured with: as chosen, where that fits the batch, else as the source says. */
export function measuredWithOf(batch: Batch, view: BatchView): MeasuredWith {
  const { declared, shape, classAxis } = batch;
  const classes = shape[classAxis]!;
  const ignoreIndex = ignoreIndexOf(batch, view, classes);
  return {
    convention: conventionOf(batch, view, ignoreIndex, classes),
    weight: weightOf(view, declared.weight, classes),
    ignoreIndex,
    temperature: view.temperature ?? 1,
  };
}

function weightOf(
  { weight }: BatchView,
  declared: Float64Array | null,
  classes: number,
): Float64Array | null {
  if (weight === null) return null;
  return weight?.length === classes ? Float64Array.from(weight) : declared;
}

/** Targets that are no classes have to stay ignored: there would be no logits for them. */
function ignoreIndexOf({ targets, declared }: Batch, view: BatchView, classes: number): number | null {
  const declaredIndex = declared.ignoreIndex ?? DEFAULT_SPEC.ignoreIndex;
  const { ignoreIndex } = view;
  if (ignoreIndex === undefined) return declaredIndex;
  const needed =
    targets?.kind === 'indices' &&
    targets.values.some((target) => (target < 0 || target >= classes) && target !== ignoreIndex);
  return needed ? declaredIndex : ignoreIndex;
}

/** Where classes don't exclude each other: as Keras and optax smooth binary labels. */
const SIGMOID_CONVENTION: ConventionName = 'BINARY_HALF';

/** A padding class has to be one of the classes, and soft targets have none. */
function conventionOf(
  { targets, labelling }: Batch,
  { convention = labelling === 'multi-label' ? SIGMOID_CONVENTION : DEFAULT_SPEC.convention }: BatchView,
  ignoreIndex: number | null,
  classes: number,
): ConventionName {
  if (!CONVENTIONS[convention].padded) return convention;
  const isClass = ignoreIndex !== null && ignoreIndex >= 0 && ignoreIndex < classes;
  return isClass && targets?.kind !== 'soft' ? convention : DEFAULT_SPEC.convention;
}
