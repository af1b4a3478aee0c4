import { RaisedError } from '../run/endings.ts';
import type { PythonRun } from '../run/run.ts';
import { Int, Native, NativeObject, type PyValue, type Unknown } from '../run/values.ts';
import { callOperation } from './callOperation.ts';

/** A class of a framework whose objects are called: how it's made, and the operation it is. */
interface ModuleClass {
  /** The constructor's parameters with their defaults. */
  readonly settings: readonly (readonly [name: string, fallback: PyValue])[];
  readonly operation: string;
  /** Which settings the operation gets, by its own names. */
  readonly hands: readonly string[];
}

const REDUCING = [
  ['size_average', null],
  ['reduce', null],
  ['reduction', 'mean'],
] as const;
const KERAS = [
  ['from_logits', false],
  ['label_smoothing', 0],
  ['axis', new Int(-1)],
  ['reduction', 'sum_over_batch_size'],
  ['name', null],
  ['dtype', null],
] as const;

const CLASSES = new Map<string, ModuleClass>();

function add(
  paths: string,
  operation: string,
  settings: ModuleClass['settings'],
  hands = settings.map(([name]) => name),
): void {
  for (const path of paths.split(' ')) CLASSES.set(path, { settings, operation, hands });
}

add('torch.nn.LogSoftmax', 'torch.nn.functional.log_softmax', [['dim', null]]);
add('torch.nn.Softmax', 'torch.nn.functional.softmax', [['dim', null]]);
add('torch.nn.Sigmoid', 'torch.sigmoid', []);
add('torch.nn.LogSigmoid', 'torch.nn.functional.logsigmoid', []);
add('torch.nn.ReLU', 'torch.relu', [['inplace', false]], []);
add('torch.nn.Tanh', 'torch.tanh', []);
add('torch.nn.Softplus', 'torch.nn.functional.softplus', [], []);
add('torch.nn.KLDivLoss', 'torch.nn.functional.kl_div', [...REDUCING, ['log_target', false]]);
add('torch.nn.NLLLoss torch.nn.NLLLoss2d', 'torch.nn.functional.nll_loss', [
  ['weight', null],
  ['size_average', null],
  ['ignore_index', new Int(-100)],
  ['reduce', null],
  ['reduction', 'mean'],
]);
add('torch.nn.CrossEntropyLoss torch.nn.modules.loss.CrossEntropyLoss', 'torch.nn.functional.cross_entropy', [
  ['weight', null],
  ['size_average', null],
  ['ignore_index', new Int(-100)],
  ['reduce', null],
  ['reduction', 'mean'],
  ['label_smoothing', 0],
]);
add('torch.nn.BCEWithLogitsLoss', 'torch.nn.functional.binary_cross_entropy_with_logits', [
  ['weight', null],
  ['size_average', null],
  ['reduce', null],
  ['reduction', 'mean'],
  ['pos_weight', null],
]);
add('torch.nn.BCELoss', 'torch.nn.functional.binary_cross_entropy', [['weight', null], ...REDUCING]);
add('torch.nn.MSELoss', 'torch.nn.functional.mse_loss', [...REDUCING]);
// Bases of losses: they keep what they're given.
add('torch.nn.modules.loss._Loss', '', [...REDUCING], []);
add('torch.nn.modules.loss._WeightedLoss', '', [['weight', null], ...REDUCING], []);
for (const keras of ['keras', 'tensorflow.keras']) {
  add(`${keras}.losses.CategoricalCrossentropy`, 'keras.losses.categorical_crossentropy', KERAS, [
    'from_logits',
    'label_smoothing',
    'axis',
    'reduction',
  ]);
  add(`${keras}.losses.BinaryCrossentropy`, 'keras.losses.binary_crossentropy', KERAS, [
    'from_logits',
    'label_smoothing',
    'reduction',
  ]);
  add(
    `${keras}.losses.SparseCategoricalCrossentropy`,
    'keras.losses.sparse_categorical_crossentropy',
    [
      ['from_logits', false],
      ['ignore_class', null],
      ['reduction', 'sum_over_batch_size'],
      ['axis', new Int(-1)],
      ['name', null],
      ['dtype', null],
    ],
    ['from_logits', 'ignore_class', 'reduction'],
  );
  add(
    `${keras}.losses.KLDivergence`,
    'keras.losses.kl_divergence',
    [
      ['reduction', 'sum_over_batch_size'],
      ['name', null],
      ['dtype', null],
    ],
    ['reduction'],
  );
  add(
    `${keras}.losses.Loss`,
    '',
    [
      ['name', null],
      ['reduction', 'sum_over_batch_size'],
      ['dtype', null],
    ],
    [],
  );
}
add('torch.nn.Identity', '', [], []);

/** Constants of Keras that are words. */
const REDUCTIONS: Readonly<Record<string, string>> = {
  NONE: 'none',
  SUM: 'sum',
  AUTO: 'sum_over_batch_size',
  SUM_OVER_BATCH_SIZE: 'sum_over_batch_size',
};

/** What a constructor of a framework makes; undefined for what is no class of a loss or a layer. */
export function moduleOf(
  run: PythonRun,
  path: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): NativeObject | Unknown | undefined {
  const known = CLASSES.get(path);
  if (!known)
    return path === 'torch.nn.ModuleList' || path === 'torch.nn.Sequential'
      ? run.unknown(path, 'unsupported')
      : undefined;
  const settings = new Map<string, PyValue>(known.settings);
  for (const [i, value] of positional.entries()) {
    const name = known.settings[i]?.[0];
    if (name === undefined) {
      if (known.operation !== '') throw new RaisedError('TypeError', `${path}() takes fewer arguments`);
      continue;
    }
    settings.set(name, value);
  }
  for (const [name, value] of named) {
    if (!settings.has(name) && known.operation !== '' && path !== 'torch.nn.Identity')
      throw new RaisedError('TypeError', `${path}() got an unexpected keyword argument '${name}'`);
    settings.set(name, value);
  }
  const reduction = settings.get('reduction');
  if (reduction instanceof Native)
    settings.set('reduction', REDUCTIONS[reduction.path.split('.').at(-1)!] ?? run.unknown('reduction'));
  // The bases of losses turn the old settings into the new one.
  if (
    known.operation === '' &&
    path.startsWith('torch.nn.modules.loss') &&
    (settings.get('size_average') !== null || settings.get('reduce') !== null)
  )
    settings.set('reduction', run.unknown('reduction'));
  return new NativeObject(path, settings);
}

export function moduleAttribute({ settings, path }: NativeObject, name: string): PyValue | undefined {
  if (settings.has(name)) return settings.get(name)!;
  return name === 'training' && path.startsWith('torch') ? true : undefined;
}

/** Calls an object of a framework. */
export function callModule(
  run: PythonRun,
  module: NativeObject,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  if (module.path === 'torch.nn.Identity') return positional[0] ?? null;
  if (module.path === 'functools.partial') return callPartial(run, module, positional, named);
  const known = CLASSES.get(module.path);
  if (!known || known.operation === '') return run.unknown(module.path, 'unsupported');
  const given = new Map(named);
  for (const name of known.hands) {
    const value = module.settings.get(name) ?? null;
    if (value !== null && !given.has(name)) given.set(name, value);
  }
  if (given.has('sample_weight')) return run.unknown('sample_weight', 'unsupported');
  return callOperation(run, known.operation, positional, given);
}

/** `functools.partial(f, …)(…)` */
function callPartial(
  run: PythonRun,
  { settings }: NativeObject,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  const bound: PyValue[] = [];
  const words = new Map<string, PyValue>();
  let made: PyValue = null;
  for (const [key, value] of settings) {
    if (key === 'func') made = value;
    else if (key.startsWith('#')) bound.push(value);
    else words.set(key, value);
  }
  return run.call(made, [...bound, ...positional], new Map([...words, ...named]));
}
