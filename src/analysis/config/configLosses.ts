import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { NamedLoss } from '../../frameworks/specOf.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import type { Work } from '../../loss/work.ts';
import { type ApiForm, callFormOf, copiesOf } from '../apis/callForms.ts';
import { meaningOf } from '../apis/configKeys.ts';
import { evidenceOfConvention, modeOf } from '../apis/conventionChoice.ts';
import { outsideRange } from '../checks/alphaRange.ts';
import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  LABELS_NAME,
  type SaidClasses,
  saidFor,
} from '../classes/classEvidence.ts';
import { datasetClasses } from '../classes/datasetClasses.ts';
import { firstOf } from '../common/firstOf.ts';
import { remembered } from '../common/remembered.ts';
import type { Classes, ClassGuess, ConfigAlpha, ConventionEvidence, LossConfig } from '../lossConfig.ts';
import type { SourcePlace } from '../sourcePlace.ts';
import {
  type ConfigEntry,
  type ConfigObject,
  entryOf,
  outwards,
  type Scalar,
  textOfEntry,
} from './configEntries.ts';
import { dereferenced } from './configReferences.ts';

/** What else a format, or the Python around a dict, knows of K. */
export interface ClassSources {
  readonly said: readonly SaidClasses[];
  /** The likeliest K with evidence that is nearer than anything else. */
  readonly around: (near: readonly Evidence[]) => ClassGuess | null;
}

/** Entries between two yields. */
const ENTRIES = 200;

/** The loss configurations of an object of a config: one it names the type of, or keys for α. Not those of objects inside. */
export function* lossesInConfig(object: ConfigObject, sources: ClassSources): Work<readonly LossConfig[]> {
  const typed = typedConfig(object, sources);
  const found = typed ? [typed.config] : [];
  for (const [i, entry] of object.entries.entries()) {
    if (i % ENTRIES === ENTRIES - 1) yield i / object.entries.length;
    if (typed?.used === entry || !isAlpha(entry)) continue;
    const meaning = meaningOf(entry.key, object);
    if (meaning) found.push(keyConfig(object, entry, meaning.entry, sources));
  }
  return found;
}

function isAlpha({ scalar, size }: ConfigEntry): boolean {
  return scalar !== null && size === 0 && scalar.boolean !== true;
}

function keyConfig(
  object: ConfigObject,
  entry: ConfigEntry,
  api: FrameworkApi | null,
  sources: ClassSources,
): LossConfig {
  const chosen =
    api?.framework === 'MMPretrain'
      ? modeOf(api, scalarValue(entryOf(object, 'mode')))
      : { entry: api, convention: conventionFor(api, object), by: api ? ('api' as const) : null };
  const { convention } = chosen;
  return configured({
    kind: 'key',
    entry: chosen.entry,
    name: entry.key,
    convention,
    by: convention && chosen.by,
    span: entry.span,
    line: entry.line,
    callee: entry.keySpan,
    alpha: alphaOfEntry(entry, object),
    integer: entry.scalar?.integer ?? false,
    classes: classesIn(object, entry.line, entry.line, sources),
    weighted: false,
  });
}

function conventionFor(api: FrameworkApi | null, object: ConfigObject): ConventionName | null {
  if (!api) return null;
  if (api.conventions.length === 1) return api.conventions[0]!;
  if (api.id !== 'sockeye') return null;
  return textOfEntry(object, 'label-smoothing-impl', 'label_smoothing_impl') === 'fairseq'
    ? 'UNIFORM_OTHERS'
    : 'UNIFORM_K';
}

interface Typed {
  readonly config: LossConfig;
  /** The entry that holds α. */
  readonly used: ConfigEntry | undefined;
}

/** `_target_: torch.nn.CrossEntropyLoss`, `type: LabelSmoothLoss`, `!new:speechbrain.nnet.losses.nll_loss` */
function typedConfig(object: ConfigObject, sources: ClassSources): Typed | undefined {
  const keys = [
    '_target_',
    'class_path',
    'type',
    'TYPE',
    '_component_',
    'class',
    'name',
    'class_name',
    '_name',
    'target',
  ];
  const naming = keys.map((key) => entryOf(object, key)).find((entry) => entry?.scalar?.text !== undefined);
  const tag = object.tag?.replace(/^(?:new|name|apply):/, '');
  const path = tag ?? naming?.scalar?.text;
  if (path === undefined || !/^[\w.:/]+$/.test(path)) return undefined;
  const form = callFormOf(path.replace(':', '.')) ?? namedForm(path, object);
  if (!form || form.form.argument === null) return undefined;
  const inside = ['init_args', 'params', 'kwargs', 'args', 'config'].map(
    (key) => entryOf(object, key)?.object,
  );
  const holder = [object, ...inside].find((each) => each && entryOf(each, form.form.argument!)) ?? object;
  const used = entryOf(holder, form.form.argument);
  if (!used && !/loss|entropy|criterion|labelsmooth/i.test(form.path)) return undefined;
  if (used && !isAlpha(used)) return undefined;
  const { entry, convention, by } = evidenceOfConvention(form, (parameter) =>
    scalarValue(entryOf(holder, parameter)),
  );
  const last = holder.entries.at(-1) ?? naming;
  const span = {
    from: Math.min(object.span.from, naming?.keySpan.from ?? object.span.from),
    to: object.span.to,
  };
  const callee = naming?.scalar?.span ?? { from: object.span.from, to: object.span.from };
  const config = configured({
    kind: 'object',
    entry,
    name: path,
    convention,
    by,
    span,
    line: object.line,
    callee: callee.to > callee.from ? callee : (used?.keySpan ?? last?.keySpan ?? span),
    alpha: used ? alphaOfEntry(used, holder) : defaultAlpha(form),
    integer: used?.scalar?.integer ?? false,
    classes: classesIn(holder, object.line, object.lastLine, sources),
    weighted: entryOf(holder, 'weight') !== undefined || entryOf(holder, 'class_weight') !== undefined,
  });
  return { config, used };
}

/** Types that registries of a framework know by a bare name. */
function namedForm(name: string, object: ConfigObject): ApiForm | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const copies = copiesOf(last).filter(({ path }) => path === 'LabelSmoothLoss');
  if (copies.length > 0) return copies[0];
  if (last === 'label_smoothing_cross_entropy' && entryOf(object, 'smoothing_param'))
    return callFormOf('classy_vision.losses.LabelSmoothingCrossEntropyLoss');
  return entryOf(object, 'smooth_factor')
    ? callFormOf(`segmentation_models_pytorch.losses.${last}`)
    : undefined;
}

function scalarValue(
  entry: ConfigEntry | undefined,
): { readonly kind: string; readonly text?: string } | undefined {
  const text = entry?.scalar?.text;
  return entry && (text === undefined ? { kind: 'unknown' } : { kind: 'text', text });
}

function alphaOfEntry({ key, scalar, span }: ConfigEntry, object: ConfigObject): ConfigAlpha {
  const { number, boolean, written, span: value, origins, token } = dereferenced(scalar as Scalar, object);
  const off = boolean === false || /^(?:null|none|~|false)?$/i.test(written.trim());
  const confidence = key === 'confidence' && number !== undefined;
  return {
    value: confidence ? Number((1 - number).toPrecision(15)) : (number ?? (off ? 0 : undefined)),
    text: written,
    span: value,
    argument: span,
    origins,
    token: confidence && token ? { ...token, complement: true } : token,
    insertion: null,
  };
}

function defaultAlpha({ api, form }: ApiForm): ConfigAlpha {
  const value = form.default ?? api.default ?? undefined;
  const origins =
    value === undefined ? [] : [{ kind: 'api-default', name: form.argument ?? '', place: null } as const];
  return { value, text: null, span: null, argument: null, origins, token: null, insertion: null };
}

interface Found {
  readonly kind: LossConfig['kind'];
  readonly entry: FrameworkApi | null;
  readonly name: string;
  readonly convention: ConventionName | null;
  readonly by: ConventionEvidence;
  readonly span: LossConfig['span'];
  readonly line: number;
  readonly callee: LossConfig['callee'];
  readonly alpha: ConfigAlpha;
  readonly integer: boolean;
  readonly classes: Classes;
  readonly weighted: boolean;
}

/** A configuration that isn't a call. */
export function configured({ entry, by, integer, alpha, ...found }: Found): LossConfig {
  const outside = outsideRange(entry, alpha, integer);
  const loss: NamedLoss = {
    ...(entry && { api: entry.id }),
    ...(found.convention && { convention: found.convention }),
    ...(alpha.value !== undefined && { labelSmoothing: alpha.value }),
  };
  return {
    ...found,
    api: entry?.id ?? found.name,
    entry,
    framework: entry?.framework ?? null,
    conventionBy: by,
    alpha,
    loss,
    findings: outside ? [outside] : [],
  };
}

/** K by the keys beside and above, and anywhere else in the file. */
function classesIn(
  object: ConfigObject,
  first: number,
  last: number,
  { said, around }: ClassSources,
): Classes {
  return classesOf(saidFor(said, first, last), undefined, around(evidenceNear(object)), null);
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
  { key, scalar, size, line, span }: ConfigEntry,
  object: ConfigObject,
): Evidence | undefined {
  const place: SourcePlace = { span, line };
  const count = scalar && COUNT_NAME.test(key) ? dereferenced(scalar, object) : null;
  if (count?.number !== undefined) {
    const token = count.token?.place ?? null;
    return { value: count.number, by: 'count', name: key, place, token, weight: 1 };
  }
  if (size >= 2 && (LABELS_NAME.test(key) || key === 'names'))
    return { value: size, by: 'labels', name: key, place, token: null, weight: 0 };
  const text = /data|dataset|task/i.test(key) ? scalar?.text : undefined;
  const value = text === undefined ? undefined : datasetClasses(text);
  return value === undefined
    ? undefined
    : { value, by: 'dataset', name: text!, place, token: null, weight: 0 };
}
