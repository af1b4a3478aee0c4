import { LOSS_REDUCTIONS, type Reduction } from '../../loss/lossSpec.ts';
import { isInt32 } from '../../loss/rows/targets.ts';
import { type ExpectedSetting, excerptOf } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import { numbersOf } from './arrayFacts.ts';
import { meaningOfArray } from './arrayMeaning.ts';
import type { SettingName } from './arrayNames.ts';
import type { NamedArray } from './namedArray.ts';

/** What a source says beside its logits and targets; null where it says nothing. */
export interface Settings {
  readonly classNames: readonly string[] | null;
  readonly classCount: number | null;
  readonly weight: Float64Array | null;
  readonly ignoreIndex: number | null;
  readonly labelSmoothing: number | null;
  readonly reduction: Reduction | null;
  /** Throws Unreadable if something isn't for this many classes. */
  check(classes: number): void;
}

/** The settings that belong to scores: those beside them, or in an object around. Throws Unreadable for one that isn't what its name says. */
export function settingsFor(arrays: readonly NamedArray[], scores: NamedArray): Settings {
  const of = (setting: SettingName) => nearest(arrays, scores, setting);
  const names = of('class-names');
  const classNames = names?.content.kind === 'texts' ? names.content.values : null;
  const count = of('class-count');
  const classCount = numberIn(count, 'whole-number', (n) => Number.isInteger(n) && n > 0);
  const weights = of('weight');
  const weight = weightIn(weights);
  return {
    classNames,
    classCount,
    weight,
    ignoreIndex: numberIn(of('ignore-index'), 'int32', isInt32),
    labelSmoothing: numberIn(of('label-smoothing'), 'zero-to-one', (a) => a >= 0 && a <= 1),
    reduction: reductionIn(of('reduction')),
    check(expected) {
      const wrong = (found: number | undefined | null) => found != null && found !== expected;
      const offsetOf = (array: NamedArray | undefined) => array?.start ?? scores.start;
      if (wrong(classNames?.length)) {
        const found = classNames!.length;
        throw new Unreadable({ reason: 'class-names', offset: offsetOf(names), found, expected });
      }
      if (wrong(classCount))
        throw new Unreadable({
          reason: 'class-count',
          offset: offsetOf(count),
          found: classCount!,
          expected,
        });
      if (wrong(weight?.length)) {
        const found = weight!.length;
        throw new Unreadable({ reason: 'weight-length', offset: offsetOf(weights), found, expected });
      }
    },
  };
}

/** The array of this name beside the scores, else in the nearest object around them. What was printed may be anything's weight. */
function nearest(
  arrays: readonly NamedArray[],
  scores: NamedArray,
  setting: SettingName,
): NamedArray | undefined {
  const own = arrays.filter(
    (array) =>
      array !== scores &&
      meaningOfArray(array).setting === setting &&
      !array.isColumn &&
      (array.isLiteral || array.printer === null || setting !== 'weight') &&
      !(setting === 'weight' && isOfRows(array, scores)) &&
      (array.isLiteral || array.printer !== null || fitsSetting(array, setting, scores)) &&
      array.path.length <= scores.path.length &&
      array.path.every((key, i) => scores.path[i] === key) &&
      (setting !== 'class-names' || (array.content.kind === 'texts' && array.shape.length === 1)),
  );
  // Of names that mean the same the usual one comes first.
  return own.toSorted(
    (a, b) => b.path.length - a.path.length || USUAL.indexOf(a.name) - USUAL.indexOf(b.name) || 0,
  )[0];
}

/** True for what a setting may be: of a checkpoint others are called so, too. */
function fitsSetting({ content, shape }: NamedArray, setting: SettingName, scores: NamedArray): boolean {
  if (setting === 'class-names') return scores.shape.includes(shape[0] ?? 0);
  if (setting === 'weight') return shape.length === 1 && shape[0] === scores.shape.at(-1);
  return shape.length === 0 && (content.kind === 'texts') === (setting === 'reduction');
}

/** True for a weight for each row, though not each class: "weights" are those of samples, too. */
export function isOfRows({ shape, name }: NamedArray, scores: NamedArray): boolean {
  const [rows, classes] = [scores.shape[0], scores.shape.at(-1)];
  return (
    scores.shape.length === 2 &&
    shape.length === 1 &&
    shape[0] === rows &&
    rows !== classes &&
    /^(?:sample_?)?weights?$/i.test(name)
  );
}

const USUAL: readonly string[] = [
  'names',
  'choices',
  'options',
  'label_names',
  'target_names',
  'classNames',
  'classes',
  'class_names',
  'epsilon',
  'smoothing',
  'alpha',
  'labelSmoothing',
  'label_smoothing',
].toReversed();

function weightIn(array: NamedArray | undefined): Float64Array | null {
  if (!array) return null;
  if (array.content.kind === 'flawed') throw new Unreadable(array.content.problem);
  const numbers = numbersOf(array);
  if (!numbers || array.shape.length !== 1) throw bad(array, 'weights');
  const values = new Float64Array(numbers);
  if (!values.every((weight) => weight >= 0 && Number.isFinite(weight))) throw bad(array, 'weights');
  return values;
}

function numberIn(
  array: NamedArray | undefined,
  expected: ExpectedSetting,
  fits: (value: number) => boolean,
): number | null {
  if (!array) return null;
  const value = array.shape.length === 0 ? numbersOf(array)?.[0] : undefined;
  if (value === undefined || !fits(value)) throw bad(array, expected);
  return value;
}

function reductionIn(array: NamedArray | undefined): Reduction | null {
  if (!array) return null;
  const { content } = array;
  const reduction =
    content.kind === 'texts' && array.shape.length === 0
      ? LOSS_REDUCTIONS.find((name) => name === content.values[0])
      : undefined;
  if (!reduction) throw bad(array, 'reduction');
  return reduction;
}

function bad(array: NamedArray, expected: ExpectedSetting): Unreadable {
  const { name: key, start: offset } = array;
  return new Unreadable({ reason: 'bad-setting', offset, key, found: shown(array), expected });
}

function shown({ content, shape, type }: NamedArray): string {
  if (shape.length > 0) return '[…]';
  if (content.kind === 'texts')
    return excerptOf(type === 'bool' ? content.values[0]! : JSON.stringify(content.values[0]));
  return content.kind === 'numbers' ? excerptOf(JSON.stringify(content.values[0])) : '{…}';
}
