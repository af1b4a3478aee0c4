import { CONVENTION_NAMES } from '../../loss/conventions/conventions.ts';
import { LOSS_FORMS, LOSS_REDUCTIONS } from '../../loss/lossSpec.ts';
import type { PanelFunctions } from '../../protocol/panelChannel.ts';
import type {
  ConfigSnapshot,
  PanelAbout,
  PanelChanges,
  PanelData,
  TeacherSnapshot,
} from '../../protocol/panelSnapshot.ts';

/** True for what a value may be. A library of schemas would be a tenth of all that the panel loads before it's seen. */
type Check = (value: unknown) => boolean;
/** A check for each member that a part of the page relies on. */
type Shape<T> = { readonly [Key in keyof T]?: Check };
type Members = Readonly<Record<string, unknown>>;

const string: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const ints: Check = (value) => value instanceof Int32Array;
const float64: Check = (value) => value instanceof Float64Array;
const floats: Check = (value) => float64(value) || value instanceof Float32Array;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const pair: Check = (value) => list(count)(value) && (value as unknown[]).length === 2;
const oneOf =
  (...names: readonly unknown[]): Check =>
  (value) =>
    names.includes(value);
const all =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.every((check) => check(value));

function members<T>(shape: Shape<T>): Check {
  const checks = Object.entries(shape) as [string, Check][];
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    checks.every(([name, check]) => check((value as Members)[name]));
}

const convention = oneOf(...CONVENTION_NAMES);
const reduction = oneOf(...LOSS_REDUCTIONS);

const stats = all(
  members<PanelData['stats']>({
    target: ints,
    prediction: ints,
    pTarget: floats,
    pMax: floats,
    hard: floats,
    uniform: floats,
    targets: oneOf('indices', 'soft'),
    rows: count,
    classes: count,
    // A plain message has null for what isn't finite.
    share: orNull(number),
  }),
  (value) => {
    const { rows, target, prediction, pTarget, pMax, hard, uniform } = value as PanelData['stats'];
    return [target, prediction, pTarget, pMax, hard, uniform].every(({ length }) => length === rows);
  },
);

const sums = all(
  members<NonNullable<PanelData['sums']>>({
    rows: count,
    classes: count,
    perClass: float64,
    nll: float64,
    cost: float64,
    brier: number,
    bins: members({ rows: float64, confidence: float64, right: float64 }),
    cells: members({ rows: float64, right: float64, target: float64 }),
    tempered: members({ nll: float64, slope: float64, curvature: float64 }),
  }),
  (value) => {
    const { classes, perClass, nll, cost } = value as NonNullable<PanelData['sums']>;
    return [perClass, nll, cost].every(({ length }) => length === classes);
  },
);

const data = all(
  members<PanelData>({
    revision: count,
    sourceId: string,
    summary: members<PanelData['summary']>({
      shape: list(count),
      classNames: orNull(list(string)),
      keys: members<PanelData['summary']['keys']>({ leftOut: optional(list(string)) }),
      declared: members({}),
      decimals: number,
      rounding: number,
      holds: oneOf('logits', 'row-statistics', 'sums'),
    }),
    stats,
    sums: orNull(sums),
    convention,
    weight: orNull(float64),
    ignoreIndex: orNull(number),
    temperature: all(number, (value) => (value as number) > 0),
  }),
  (value) => {
    const { weight, stats: of } = value as PanelData;
    return weight === null || weight.length === of.classes;
  },
);

const about = members<PanelAbout>({
  source: members<PanelAbout['source']>({
    name: string,
    lines: orNull(pair),
    cell: orNull(members<NonNullable<PanelAbout['source']['cell']>>({ number: count, run: orNull(count) })),
  }),
  view: members<PanelAbout['view']>({
    chosenTargets: optional(list(pair)),
    convention: optional(convention),
  }),
  isMeasured: oneOf(true, false),
  labelSmoothing: number,
  reduction,
  applied: orNull(
    members<NonNullable<PanelAbout['applied']>>({
      id: string,
      convention,
      labelSmoothing: number,
      from: string,
      place: string,
      weight: optional(orNull(list(number))),
      ignoreIndex: optional(orNull(number)),
      form: optional(oneOf(...LOSS_FORMS)),
      reduction: optional(reduction),
    }),
  ),
  loss: orNull(string),
  nearby: list(
    members<PanelAbout['nearby'][number]>({
      id: string,
      name: string,
      labelSmoothing: orNull(number),
      place: string,
      why: orNull(string),
    }),
  ),
  unfolded: members({}),
  notice: orNull(string),
  warnings: list(string),
});

const teacher = members<TeacherSnapshot>({
  id: string,
  name: string,
  problem: orNull(string),
  prediction: orNull(ints),
  otherTargets: count,
});

const config = members<ConfigSnapshot>({
  name: string,
  framework: orNull(string),
  source: members<ConfigSnapshot['source']>({ name: string, uri: string, line: count }),
  convention,
  conventionWords: string,
  form: oneOf(...LOSS_FORMS),
  labelSmoothing: orNull(number),
  classes: orNull(count),
  notes: list(string),
});

/** The arguments of each function that the extension host calls. */
export const MESSAGE_SHAPES: { readonly [Name in keyof PanelFunctions]: readonly Check[] } = {
  show: [
    members<PanelChanges>({
      data: optional(data),
      about: optional(about),
      teacher: optional(orNull(teacher)),
    }),
  ],
  showConfig: [config, orNull(string)],
  showPlayground: [string, orNull(string)],
  problem: [string],
  progress: [orNull(number)],
  progressOf: [string, number],
};
