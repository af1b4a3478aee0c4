import type { ReadProblem } from '../readProblem.ts';
import { PickledObject, type PickleValue } from './machine/pickleValues.ts';
import { membersOf } from './walk/joinRecords.ts';

/** The class of Hugging Face's trainer, and those that are made of it. */
const ARGUMENTS = /(?:^|\.)\w*TrainingArguments$/;
const KEY = 'label_smoothing_factor';

/** What a trainer was started with, which it saves beside each model as training_args.bin; undefined for anything else. */
export function trainingArguments(value: PickleValue): ReadProblem | undefined {
  if (!(value instanceof PickledObject) || !ARGUMENTS.test(value.type)) return undefined;
  const factor = membersOf(value.state)?.get(KEY);
  const isKnown = typeof factor === 'number' && factor >= 0 && factor <= 1;
  return { reason: 'training-arguments', offset: 0, key: KEY, labelSmoothing: isKnown ? factor : null };
}
