import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  LABELS_NAME,
  type SaidClasses,
  saidFor,
  VOCABULARY_NAME,
} from '../classes/classEvidence.ts';
import { datasetClasses } from '../classes/datasetClasses.ts';
import { firstOf } from '../common/firstOf.ts';
import { remembered } from '../common/remembered.ts';
import type { Classes, ClassGuess } from '../lossConfig.ts';
import type { SourcePlace } from '../sourcePlace.ts';
import { type ConfigEntry, type ConfigObject, outwards } from './configEntries.ts';
import { dereferenced } from './configReferences.ts';

/** What else a format, or the Python around a dict, knows of K. */
export interface ClassSources {
  readonly comments: readonly SaidClasses[];
  /** The likeliest K with evidence that is nearer than anything else. */
  readonly around: (near: readonly Evidence[]) => ClassGuess | null;
}

/** K by the keys beside and above, and anywhere else in the file. The lines are those a comment may be beside. */
export function classesIn(
  object: ConfigObject,
  [first, last]: readonly [first: number, last: number],
  { comments, around }: ClassSources,
): Classes {
  return classesOf(saidFor(comments, first, last), undefined, around(evidenceNear(object)), null);
}

/** Levels that are near, and how much of what each says counts: what is further off, or more, counts with the rest of the file. */
const LEVELS = 6;
const MOST_NEAR = 20;

const evidenceNear = remembered((object: ConfigObject): readonly Evidence[] => {
  const near: Evidence[] = [];
  for (const [level, each] of firstOf(outwards(object), LEVELS).entries()) {
    const weight = Math.max(1, 5 - level);
    for (const evidence of evidenceIn(each).slice(0, MOST_NEAR))
      near.push({ ...evidence, weight: weight + evidence.weight });
  }
  return near;
});

/** What the keys of an object say about the number of classes. What isn't said outright weighs a little less. */
export const evidenceIn = remembered((object: ConfigObject): readonly Evidence[] => {
  return object.entries.flatMap((entry) => evidenceOf(entry, object) ?? []);
});

function evidenceOf(
  { key: dotted, scalar, size, line, span }: ConfigEntry,
  object: ConfigObject,
): Evidence | undefined {
  const key = dotted.slice(dotted.lastIndexOf('.') + 1);
  const place: SourcePlace = { span, line };
  const count = scalar && COUNT_NAME.test(key) ? dereferenced(scalar, object) : null;
  if (count?.number !== undefined) {
    const token = count.token?.place ?? null;
    const isDefault = VOCABULARY_NAME.test(key);
    return { value: count.number, by: 'count', name: key, place, token, weight: 1, isDefault };
  }
  if (size >= 2 && (LABELS_NAME.test(key) || key === 'names'))
    return { value: size, by: 'labels', name: key, place, token: null, weight: 0 };
  const text = /data|dataset|task/i.test(key) ? scalar?.text : undefined;
  const value = text === undefined ? undefined : datasetClasses(text);
  return value === undefined
    ? undefined
    : { value, by: 'dataset', name: text!, place, token: null, weight: 0 };
}
