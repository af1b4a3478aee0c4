import type { SyntaxNode } from '@lezer/common';
import { boundValue } from '../names/nameValues.ts';
import { last } from '../names/visibleBindings.ts';
import type { Binding, CallSite, PyModule } from '../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  elementsOf,
  stringOf,
  textOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import type { Evaluator } from './evaluator.ts';
import type { Expression } from './expression.ts';
import { agreed, asDefault, placeOf, UNKNOWN_VALUE, type Value, via } from './pythonValues.ts';

/** What makes an object that settings are put on: of yacs, ml_collections, easydict, munch and their like. */
const MAKERS =
  /(?:^|\.)(?:CN|CfgNode|ConfigDict|FrozenConfigDict|EasyDict|edict|AttrDict|Munch|Box|DotMap|SimpleNamespace|Namespace|HParams)$/;
/** Objects of the same setting that are looked at. */
const MOST_OBJECTS = 16;

/** What a module says about the settings of its config objects. */
interface Settings {
  /** By the path behind the object: `LOSS.EPS` of `_C.LOSS.EPS = 0.1`. */
  readonly byPath: ReadonlyMap<string, readonly Binding[]>;
  /** What runs of W&B are told. */
  readonly runs: readonly Expression[];
}

const known = new WeakMap<PyModule, Settings>();

function settingsIn(module: PyModule): Settings {
  let settings = known.get(module);
  if (!settings) {
    settings = { byPath: pathsIn(module), runs: runsIn(module) };
    known.set(module, settings);
  }
  return settings;
}

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

/**
 * A setting that is merged into its object by a list in the same module: `C.merge_from_list(["LOSS.EPS", 0.2])`. Unknown where it
 * isn't sure to have run; undefined if no list has it.
 */
export function mergedValue(evaluator: Evaluator, dotted: string, use: Expression): Value | undefined {
  const dot = dotted.indexOf('.');
  let found: Value | undefined;
  for (const { call, entries } of mergesIn(use.scope.module).get(dotted.slice(0, dot)) ?? []) {
    const set = entries.get(dotted.slice(dot + 1));
    if (!set) continue;
    const { node, scope } = call;
    const isBefore =
      scope === use.scope && node.to <= use.node.from && node.parent?.parent?.name === 'Script';
    found = isBefore ? evaluator.evaluate({ node: set, scope }) : UNKNOWN_VALUE;
  }
  return found;
}

/** A list that is merged into an object, as what it has for each path. */
interface Merge {
  readonly call: CallSite;
  readonly entries: ReadonlyMap<string, SyntaxNode>;
}

const merges = new WeakMap<PyModule, ReadonlyMap<string, readonly Merge[]>>();

/** The lists that are merged into an object, by its name. */
function mergesIn(module: PyModule): ReadonlyMap<string, readonly Merge[]> {
  let byObject = merges.get(module);
  if (!byObject) {
    const all = new Map<string, Merge[]>();
    for (const call of module.calls) {
      if (call.name !== 'merge_from_list') continue;
      const object = dottedOf(calleeOf(call.node)?.firstChild ?? null, module.text) ?? '';
      const list = all.get(object) ?? [];
      if (list.length < MOST_OBJECTS) all.set(object, [...list, { call, entries: mergedIn(call) }]);
    }
    byObject = all;
    merges.set(module, byObject);
  }
  return byObject;
}

/** `["LOSS.EPS", 0.2, "LR", 0.1]` */
function mergedIn({ node, scope }: CallSite): ReadonlyMap<string, SyntaxNode> {
  const { text } = scope.module;
  const list = argumentsOf(argListOf(node), text)[0]?.value;
  const elements = list && /^(?:Array|Tuple)/.test(list.name) ? (elementsOf(list) ?? []) : [];
  return new Map(
    elements.flatMap((each, i) => {
      const path = i % 2 === 0 ? stringOf(each, text) : undefined;
      const value = elements[i + 1];
      return path !== undefined && value ? [[path, value] as const] : [];
    }),
  );
}
