import type { SyntaxNode } from '@lezer/common';
import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import type { KnownApis } from '../../apis/knownApis.ts';
import { countBefore } from '../../common/countBefore.ts';
import { type ConfigEntry, type ConfigObject, MOST_ITEMS, type Scalar } from '../../config/configEntries.ts';
import { lossesInConfig } from '../../config/configLosses.ts';
import type { LossConfig } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import type { CallClasses } from '../losses/callClasses.ts';
import { localClasses, localOrigins, localToken } from '../names/localPlaces.ts';
import { Positions } from '../names/moduleIndex.ts';
import { lineOf, type PyModule, type Scope, scopeAt } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, elementsOf, entriesOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Resolver } from './resolver.ts';

/** A key or an argument for α. */
const INTERESTING = /smooth|lsm_weight/i;
const INTERESTS = new Positions(/smooth|lsm_weight/gi);

/** Characters of a key in front of a dict. */
const LONGEST_KEY = 40;

/** Objects, and settings of one, between two yields. */
const OBJECTS = 20;
const SETTINGS = 200;

/**
 * Python that is a config: `dict(type='LabelSmoothLoss', label_smooth_val=0.1)`, `{'label_smoothing': 0.1}`,
 * `config.label_smoothing = 0.1`.
 */
export function* configObjects(module: PyModule, resolver: Resolver): Work<readonly ConfigObject[]> {
  const candidates = [
    ...module.dicts,
    ...module.calls.filter(({ name }) => name === 'dict' || name === 'ConfigDict'),
  ];
  if (candidates.length > 0) yield* INTERESTS.prepare(module);
  const dicts = candidates
    .filter(({ node: { from, to } }) =>
      INTERESTS.areIn(module, { from: Math.max(0, from - LONGEST_KEY), to }),
    )
    .sort((a, b) => a.node.from - b.node.from || b.node.to - a.node.to);
  const read: ConfigObject[] = [];
  for (const [i, { node, scope }] of dicts.entries()) {
    if (i % OBJECTS === OBJECTS - 1) yield i / dicts.length;
    read.push(yield* objectOf(node, scope, resolver));
  }
  return [...nested(read), ...(yield* assignedObjects(module, resolver))];
}

/** The loss configurations of these. What a call in the same file takes its α from is that call's. */
export function* lossesOfObjects(
  objects: readonly ConfigObject[],
  module: PyModule,
  counts: CallClasses,
  apis: KnownApis,
  calls: readonly LossConfig[],
  failures: AnalysisFailure[],
): Work<readonly LossConfig[]> {
  const taken = new Set(
    calls.flatMap(({ alpha: { token } }) => (token && isHere(token.place) ? [token.place.span.from] : [])),
  );
  const inCall = insideAny(calls.map(({ span }) => span));
  const losses: LossConfig[] = [];
  for (const [i, object] of objects.entries()) {
    if (i % OBJECTS === OBJECTS - 1) yield i / objects.length;
    const evidence = counts.said(module, object.span);
    const comments = evidence ? [{ line: object.line, evidence }] : [];
    const scope = scopeAt(module, object.span.from);
    const configs = lossesInConfig(object, apis, { comments, around: (near) => counts.guess(scope, near) });
    for (const config of yield* guardedSteps(failures, object.line, configs)) {
      const { alpha, kind, span } = config;
      if (alpha.span && taken.has(alpha.token?.place.span.from ?? -1)) continue;
      // A dict of what was read elsewhere sets nothing itself.
      const isSet = alpha.value !== undefined || alpha.state === 'several';
      if (kind === 'key' && (!isSet || alpha.origins.length > 0)) continue;
      if (!inCall(span)) losses.push({ ...config, classes: localClasses(config.classes, module) });
    }
  }
  return losses;
}

function isHere(place: { readonly cell?: number; readonly module?: string }): boolean {
  return place.cell === undefined && place.module === undefined;
}

/** Tells of a span whether it's in one of these, which are in the order of the source. */
function insideAny(spans: readonly SourceSpan[]): (span: SourceSpan) => boolean {
  const furthest: number[] = [];
  for (const { to } of spans) furthest.push(Math.max(to, furthest.at(-1) ?? 0));
  return ({ from, to }) => {
    const last = countBefore(spans, from + 1, (span) => span.from) - 1;
    return last >= 0 && to <= furthest[last]!;
  };
}

/** Each with the dict it is in, so that keys above are known. They are in the order of the source, outer ones first. */
function nested(objects: readonly ConfigObject[]): readonly ConfigObject[] {
  const open: ConfigObject[] = [];
  return objects.map((object) => {
    while (open.length > 0 && open.at(-1)!.span.to <= object.span.to) open.pop();
    const parent = open.at(-1);
    const { entries = [] } = parent ?? {};
    const entry = entries[countBefore(entries, object.span.from + 1, ({ span }) => span.from) - 1];
    const isIn = entry && object.span.to <= entry.span.to;
    const inside = parent ? { ...object, parent, key: isIn ? entry.key : null } : object;
    open.push(inside);
    return inside;
  });
}

function* objectOf(node: SyntaxNode, scope: Scope, resolver: Resolver): Work<ConfigObject> {
  const { module } = scope;
  const set =
    node.name === 'DictionaryExpression'
      ? entriesOf(node, module.text)
      : argumentsOf(argListOf(node), module.text).flatMap(({ name, value, from }) =>
          name === null ? [] : { key: name, keySpan: { from, to: from + name.length }, value },
        );
  const entries: ConfigEntry[] = [];
  for (const [i, { key, keySpan, value }] of set.entries()) {
    if (i % SETTINGS === SETTINGS - 1) yield 0;
    entries.push(entryFor(key, keySpan, value, scope, resolver));
  }
  const span = { from: node.from, to: node.to };
  const [line, lastLine] = [lineOf(module, node.from), lineOf(module, node.to)];
  return { entries, parent: null, key: null, tag: null, span, line, lastLine };
}

function entryFor(
  key: string,
  keySpan: { readonly from: number; readonly to: number },
  node: SyntaxNode,
  scope: Scope,
  resolver: Resolver,
): ConfigEntry {
  const { module } = scope;
  const scalar = scalarOf(node, scope, resolver);
  return {
    key,
    keySpan: { from: keySpan.from, to: keySpan.to },
    span: { from: keySpan.from, to: node.to },
    line: lineOf(module, keySpan.from),
    scalar,
    object: null,
    ...sizeOf(node, scalar, scope, resolver),
  };
}

/** Of a list its plain values, if it's one that α may be tried out with. */
function sizeOf(
  node: SyntaxNode,
  scalar: Scalar | null,
  scope: Scope,
  resolver: Resolver,
): Pick<ConfigEntry, 'size' | 'items'> {
  const elements = scalar === null && /^(?:Array|Tuple)/.test(node.name) ? elementsOf(node) : null;
  if (!elements || elements.length > MOST_ITEMS) return { size: scalar ? 0 : 1 };
  const items = elements.flatMap((each) => scalarOf(each, scope, resolver) ?? []);
  return { size: elements.length, items };
}

function scalarOf(node: SyntaxNode, scope: Scope, resolver: Resolver): Scalar | null {
  const value = resolver.resolve({ node, scope });
  const written = textOf(node, scope.module.text);
  const plain = { written, span: { from: node.from, to: node.to }, integer: false, origins: [], token: null };
  switch (value.kind) {
    case 'number': {
      const origins = localOrigins(value.origins, scope.module);
      const token = localToken(value.token, scope.module);
      return { ...plain, number: value.value, integer: value.integer, origins, token };
    }
    case 'text':
      return { ...plain, text: value.text };
    case 'boolean':
      return { ...plain, boolean: value.value };
    case 'none':
    case 'unknown':
    case 'made':
    case 'settings':
      return plain;
    default:
      return null;
  }
}

const CONFIG_OBJECT =
  /^(?:\w*(?:config|cfg|conf|hparams|hps|hp|params|flags|opts?|options|args|c|C|_C))(?:\.\w+)*$/i;

/** `config.label_smoothing = 0.1`: all that is set of one object in one scope is one object. */
function* assignedObjects(module: PyModule, resolver: Resolver): Work<readonly ConfigObject[]> {
  const objects: ConfigObject[] = [];
  let count = 0;
  for (const scope of module.scopes) {
    const owners = new Map<string, ConfigEntry[]>();
    for (const [dotted, bindings] of scope.bindings) {
      const dot = dotted.lastIndexOf('.');
      const owner = dotted.slice(0, dot);
      if (dot === -1 || !CONFIG_OBJECT.test(owner)) continue;
      for (const binding of bindings) {
        if (binding.kind !== 'value') continue;
        if (++count % SETTINGS === 0) yield 0;
        const { at, value } = binding;
        const keySpan = { from: at, to: at + dotted.length };
        const list = owners.get(owner) ?? [];
        list.push(entryFor(dotted.slice(dot + 1), keySpan, value, scope, resolver));
        owners.set(owner, list);
      }
    }
    for (const [owner, entries] of owners) {
      const [first] = entries;
      if (!first || !entries.some(({ key, scalar }) => INTERESTING.test(key) && scalar?.number !== undefined))
        continue;
      const { line } = first;
      const key = owner.slice(owner.lastIndexOf('.') + 1);
      objects.push({ entries, parent: null, key, tag: null, span: first.span, line, lastLine: line });
    }
  }
  return objects;
}
