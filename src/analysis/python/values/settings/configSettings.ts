import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { boundValue } from '../../names/nameValues.ts';
import { last } from '../../names/visibleBindings.ts';
import type { Binding, PyModule } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf, textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Expression } from '../expression.ts';
import { agreed, asDefault, placeOf, UNKNOWN_VALUE, type Value, via } from '../pythonValues.ts';

/** What makes an object that settings are put on: of yacs, ml_collections, easydict, munch and their like. */
const MAKERS =
  /(?:^|\.)(?:CN|CfgNode|ConfigDict|FrozenConfigDict|EasyDict|edict|AttrDict|Munch|Box|DotMap|SimpleNamespace|Namespace|HParams)$/;
/** Objects of the same setting that are looked at. */
export const MOST_OBJECTS = 16;

/** What a module says about the settings of its config objects. */
interface Settings {
  /** By the path behind the object: `LOSS.EPS` of `_C.LOSS.EPS = 0.1`. */
  readonly byPath: ReadonlyMap<string, readonly Binding[]>;
  /** What runs of W&B are told. */
  readonly runs: readonly Expression[];
}

const settingsIn = remembered(
  (module: PyModule): Settings => ({ byPath: pathsIn(module), runs: runsIn(module) }),
);

/** `_C = CN()`, and everything that is set on it in the same scope. */
function pathsIn(module: PyModule): ReadonlyMap<string, readonly Binding[]> {
  const paths = new Map<string, Binding[]>();
  for (const { bindings } of module.scopes) {
    const objects = new Set<string>();
    for (const [name, places] of bindings)
      if (!name.includes('.') && places.some((place) => isMade(place, module))) objects.add(name);
    if (objects.size === 0) continue;
    for (const [dotted, places] of bindings) {
      const dot = dotted.indexOf('.');
      if (dot === -1 || !objects.has(dotted.slice(0, dot))) continue;
      const path = dotted.slice(dot + 1);
      paths.set(path, [...(paths.get(path) ?? []), ...last(places)].slice(0, MOST_OBJECTS));
    }
  }
  return paths;
}

function isMade(binding: Binding, module: PyModule): boolean {
  if (binding.kind !== 'value') return false;
  const node = unwrapped(binding.value);
  const callee = node.name === 'CallExpression' ? calleeOf(node) : null;
  return callee !== null && MAKERS.test(dottedOf(callee, module.text) ?? '');
}

/** `wandb.init(config={"smoothing": 0.1})` */
function runsIn(module: PyModule): readonly Expression[] {
  return module.calls
    .filter(({ node, name }) => name === 'init' && /^wandb\b/.test(textOf(node, module.text)))
    .flatMap(({ node, scope }) => {
      const config = argumentsOf(argListOf(node), module.text).find(({ name }) => name === 'config');
      return config ? { node: config.value, scope } : [];
    })
    .slice(0, MOST_OBJECTS);
}

/**
 * A setting by its path: what the config objects of a module have for it, as a default, since files and command lines override it.
 * Undefined if nothing sets it. `isRun`: what W&B's runs are told counts, too.
 */
export function settingValue(
  evaluator: Evaluator,
  module: PyModule,
  path: string,
  isRun: boolean,
): Value | undefined {
  const { byPath, runs } = settingsIn(module);
  const bindings = byPath.get(path);
  if (bindings) return asSetting(bindings.map((each) => boundValue(evaluator, path, each)));
  if (!isRun || path.includes('.') || runs.length === 0) return undefined;
  const values = runs.map((run) => entryOf(evaluator, run, path)).filter((each) => each.kind !== 'unknown');
  return values.length > 0 ? asSetting(values) : undefined;
}

/** Which of several configs it is nobody knows, nor what else may be set. */
function asSetting(values: readonly Value[]): Value {
  const value = agreed(values);
  return value.kind === 'several' ? UNKNOWN_VALUE : asDefault(value);
}

function entryOf(evaluator: Evaluator, run: Expression, key: string): Value {
  const value = evaluator.resolve(run);
  const entry = value.kind === 'mapping' ? value.entries.get(key) : undefined;
  if (!entry) return UNKNOWN_VALUE;
  return via(evaluator.evaluate(entry), 'entry', key, placeOf(entry.scope.module, entry.node));
}

/** The module that a call is of, if it's a function of the workspace that makes a config: `cfg = get_cfg()`. */
export function moduleOfResult(evaluator: Evaluator, value: Value): PyModule | undefined {
  if (value.kind === 'made') return value.by.module;
  if (value.kind !== 'result') return undefined;
  const made = evaluator.settled(value.of);
  return made.kind === 'definition' ? made.scope.module : undefined;
}

/** `cfg.LOSS.EPS`: what the defaults of the config have for it, here or where the config is from. */
export function configValue(
  evaluator: Evaluator,
  { node, scope }: Expression,
  dotted: string,
): Value | undefined {
  const [root = '', ...path] = dotted.replace(/^self\./, '').split('.');
  let first: SyntaxNode | null = node;
  while (first && first.name === 'MemberExpression') first = first.firstChild;
  const object = first ? evaluator.evaluate({ node: first, scope }) : UNKNOWN_VALUE;
  const isRun = root === 'wandb' || /^(?:run|wandb_run|cfg|config|c|hp|hparams|args)$/.test(root);
  const names = root === 'wandb' || path[0] === 'config' ? path.slice(1) : path;
  const from = moduleOfResult(evaluator, object);
  if (from) return settingValue(evaluator, from, path.join('.'), false);
  if (!isConfigName(root)) return undefined;
  return settingValue(evaluator, scope.module, names.join('.'), isRun);
}

/** Names that configs go by, whoever they're handed to. */
function isConfigName(name: string): boolean {
  if (/^(?:_{0,2}C|wandb|run|wandb_run|c|hp|hps|hparams|args|opt)$/i.test(name)) return true;
  return /^\w+$/.test(name) && /cfg|config|conf|settings|params/i.test(name);
}
