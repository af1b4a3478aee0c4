import type { SyntaxNode } from '@lezer/common';
import { configsOf } from '../config/configs.ts';
import type { ConfigEntry, ConfigObject, Scalar } from '../config/entries.ts';
import type { LossConfig } from '../lossConfig.ts';
import type { ClassCounts } from './classCounts.ts';
import type { Resolver } from './resolver.ts';
import { lineOf, type PyModule, type Scope } from './scopes.ts';
import { argListOf, argumentsOf, entriesOf, textOf } from './syntax.ts';

const INTERESTING = /smooth|lsm_weight/i;

/**
 * Python that is a config: `dict(type='LabelSmoothLoss', label_smooth_val=0.1)`, `{'label_smoothing': 0.1}`,
 * `config.label_smoothing = 0.1`. What a call in the same file takes its α from is that call's.
 */
export function configObjects(
  module: PyModule,
  resolver: Resolver,
  counts: ClassCounts,
  calls: readonly LossConfig[],
): readonly LossConfig[] {
  const taken = new Set(
    calls.flatMap(({ alpha: { token } }) => (token && isHere(token.place) ? [token.place.span.from] : [])),
  );
  const dicts = [
    ...module.dicts.map(({ node, scope }) => ({ node, scope })),
    ...module.calls.filter(({ name }) => name === 'dict' || name === 'ConfigDict'),
  ].filter(({ node }) => INTERESTING.test(textOf(node, module.text)));
  const objects = dicts.map(({ node, scope }) => objectOf(node, scope, resolver));
  const said = (object: ConfigObject) => {
    const evidence = counts.said(module, object.span);
    return evidence ? [{ line: object.line, evidence }] : [];
  };
  const found = [
    ...objects.map((object) => nested(object, objects)),
    ...assignedObjects(module, resolver),
  ].flatMap((object) => configsOf(object, { said: said(object), around: counts.around(module) }));
  return found.filter(({ alpha, kind, span }) => {
    if (alpha.span && taken.has(alpha.token?.place.span.from ?? -1)) return false;
    // A dict of what was read elsewhere sets nothing itself.
    if (kind === 'key' && (alpha.value === undefined || alpha.origins.length > 0)) return false;
    return !calls.some((call) => call.span.from <= span.from && span.to <= call.span.to);
  });
}

function isHere(place: { readonly cell?: number; readonly module?: string }): boolean {
  return place.cell === undefined && place.module === undefined;
}

/** With the dict it is in, so that keys above are known. */
function nested(object: ConfigObject, all: readonly ConfigObject[]): ConfigObject {
  const inside = (other: ConfigObject) =>
    other.span.from < object.span.from && object.span.to < other.span.to;
  const parent = all.filter(inside).sort((a, b) => b.span.from - a.span.from)[0];
  if (!parent) return object;
  const entry = parent.entries.find(({ span }) => span.from <= object.span.from && object.span.to <= span.to);
  return { ...object, parent: nested(parent, all), key: entry?.key ?? null };
}

function objectOf(node: SyntaxNode, scope: Scope, resolver: Resolver): ConfigObject {
  const { module } = scope;
  const entries =
    node.name === 'DictionaryExpression'
      ? entriesOf(node, module.text).map(({ key, keySpan, value }) =>
          entryFor(key, keySpan, value, scope, resolver),
        )
      : argumentsOf(argListOf(node), module.text).flatMap(({ name, value, from }) =>
          name === null ? [] : [entryFor(name, { from, to: from + name.length }, value, scope, resolver)],
        );
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
    size: scalar ? 0 : 1,
  };
}

function scalarOf(node: SyntaxNode, scope: Scope, resolver: Resolver): Scalar | null {
  const value = resolver.resolve({ node, scope });
  const written = textOf(node, scope.module.text);
  const plain = { written, span: { from: node.from, to: node.to }, integer: false, origins: [], token: null };
  switch (value.kind) {
    case 'number': {
      const { integer, origins, token } = value;
      return { ...plain, number: value.value, integer, origins, token };
    }
    case 'text':
      return { ...plain, text: value.text };
    case 'boolean':
      return { ...plain, boolean: value.value };
    case 'none':
    case 'unknown':
    case 'settings':
      return plain;
    default:
      return null;
  }
}

const CONFIG_OBJECT =
  /^(?:\w*(?:config|cfg|conf|hparams|hps|hp|params|flags|opts?|options|args|c|C|_C))(?:\.\w+)*$/i;

/** `config.label_smoothing = 0.1`: all that is set of one object in one scope is one object. */
function assignedObjects(module: PyModule, resolver: Resolver): readonly ConfigObject[] {
  return module.scopes.flatMap((scope) => {
    const owners = new Map<string, ConfigEntry[]>();
    for (const [dotted, bindings] of scope.bindings) {
      const dot = dotted.lastIndexOf('.');
      const owner = dotted.slice(0, dot);
      if (dot === -1 || !CONFIG_OBJECT.test(owner)) continue;
      for (const binding of bindings) {
        if (binding.kind !== 'value') continue;
        const { at, value } = binding;
        const keySpan = { from: at, to: at + dotted.length };
        const list = owners.get(owner) ?? [];
        list.push(entryFor(dotted.slice(dot + 1), keySpan, value, scope, resolver));
        owners.set(owner, list);
      }
    }
    return [...owners].flatMap(([owner, entries]) => {
      const [first] = entries;
      if (!first || !entries.some(({ key, scalar }) => INTERESTING.test(key) && scalar?.number !== undefined))
        return [];
      const { line } = first;
      const key = owner.slice(owner.lastIndexOf('.') + 1);
      return [{ entries, parent: null, key, tag: null, span: first.span, line, lastLine: line }];
    });
  });
}
