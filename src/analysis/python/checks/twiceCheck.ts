import type { SmoothedTwice } from '../../checks/usageFindings.ts';
import { mixedTargets } from '../inputs/rows/mixedTargets.ts';
import { boundCall, givenFor } from '../losses/boundCall.ts';
import { callsIn } from '../names/moduleIndex.ts';
import { visible } from '../names/visibleBindings.ts';
import { lineOf } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, memberOf, textOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { sureAlpha, type UsedLoss } from './usedLoss.ts';

/** What smooths targets before a loss gets them. */
interface FirstSmoothing {
  /** As it's written. */
  readonly by: string;
  readonly at: Expression;
  /** Null where it isn't known. */
  readonly alpha: number | null;
}

const MOST_STEPS = 8;
const LONGEST_NAME = 60;
/** Functions of the catalogue that smooth targets, and compute no loss. */
const MAKES_TARGETS =
  /^(?:smooth_labels|label_smooth|label_smoothing|get_one_hot|to_categorical|smooth_one_hot)$/;
const KEEPS =
  /^(?:float|double|half|to|cpu|cuda|type|type_as|contiguous|clone|detach|astype|cast|asarray|array|convert_to_tensor)$/;

/** Targets that come smoothed to a loss that smooths. Rows that are only mixed don't. */
export function smoothedTwice(used: UsedLoss): readonly SmoothedTwice[] {
  const { config, call, inputs, resolver } = used;
  const second = sureAlpha(config);
  const { module } = call.site.scope;
  if (second === undefined || config.entry?.mixes || config.form === 'sum') return [];
  // What it has of its own are the targets that come smoothed.
  if (inputs.mixed !== undefined) return [];
  for (const { targets } of inputs.uses) {
    const first = targets && firstSmoothing(targets, resolver, MOST_STEPS);
    if (!first || first.at.scope.module !== module) continue;
    const { alpha } = first;
    return [
      {
        rule: 'smoothed-twice',
        span: config.alpha.argument ?? config.callee,
        by: first.by,
        first: alpha,
        second,
        together: alpha === null ? null : Number((1 - (1 - alpha) * (1 - second)).toPrecision(12)),
        fix: null,
      },
    ];
  }
  return [];
}

function firstSmoothing(
  { node: written, scope }: Expression,
  resolver: Resolver,
  steps: number,
): FirstSmoothing | undefined {
  if (steps === 0) return undefined;
  const node = unwrapped(written);
  const { module } = scope;
  if (node.name === 'VariableName') {
    const bindings = visible(textOf(node, module.text), scope, node.from)?.bindings ?? [];
    // Where it's smoothed in one branch only, the loss of that branch may be another one.
    const [only, ...others] = bindings;
    if (!only || others.length > 0 || only.scope !== scope) return undefined;
    if (only.kind === 'value')
      return firstSmoothing({ node: only.value, scope: only.scope }, resolver, steps - 1);
    return only.kind === 'unknown' ? ofUnpacked(only.at, scope, resolver) : undefined;
  }
  const mixed = mixedTargets({ node, scope }, resolver);
  if (mixed && mixed.alpha < 1)
    return { by: shown(node, module.text), at: { node, scope }, alpha: mixed.alpha };
  if (node.name !== 'CallExpression') return undefined;
  const callee = calleeOf(node);
  const member = callee?.name === 'MemberExpression' ? memberOf(callee, module.text) : undefined;
  if (callee?.firstChild && member !== undefined && KEEPS.test(member)) {
    const inner = firstSmoothing({ node: callee.firstChild, scope }, resolver, steps - 1);
    const [first] = argumentsOf(argListOf(node), module.text);
    return inner ?? (first && firstSmoothing({ node: first.value, scope }, resolver, steps - 1));
  }
  return ofCall({ node, scope }, resolver);
}

/** `x, y = mixup(x, y)`: what the call in this line smooths. */
function ofUnpacked(at: number, scope: Expression['scope'], resolver: Resolver): FirstSmoothing | undefined {
  const { module } = scope;
  const end = module.lineStarts[lineOf(module, at) + 1] ?? module.text.length;
  for (const site of callsIn(module, { from: at, to: end })) {
    const found = ofCall(site, resolver);
    if (found) return found;
  }
  return undefined;
}

/** A call of an API that makes smoothed targets, or of an object that does. */
function ofCall({ node, scope }: Expression, resolver: Resolver): FirstSmoothing | undefined {
  const callee = calleeOf(node);
  if (!callee) return undefined;
  const value = resolver.resolve({ node: callee, scope });
  const made = value.kind === 'result' ? value : undefined;
  const alpha = smoothingBy(value, made?.call ?? { node, scope }, resolver);
  if (alpha === undefined || alpha === 0) return undefined;
  return { by: shown(made?.call.node ?? callee, scope.module.text), at: { node, scope }, alpha };
}

/** α of `Mixup(…)`, `optax.smooth_labels(…)`; undefined for anything else, null where it isn't known. */
function smoothingBy(value: Value, call: Expression, resolver: Resolver): number | null | undefined {
  const path = value.kind === 'result' ? value.of : value.kind === 'path' ? value : undefined;
  const form = path && path.level === 0 ? resolver.apis.calls.of(pathOf(path)) : undefined;
  if (!form) return undefined;
  const makes =
    form.api.mixes === true ||
    (form.form.kind === 'function' && MAKES_TARGETS.test(path!.parts.at(-1) ?? ''));
  if (!makes || form.form.argument === null) return undefined;
  // An object that smooths its targets does so when it's called.
  if (form.api.mixes && value.kind !== 'result') return undefined;
  const given = givenFor(boundCall(resolver, call), form.form.argument, form.form.parameters);
  if (!given) return form.form.default ?? form.api.default ?? null;
  const alpha = resolver.resolve(given.expression);
  if (alpha.kind === 'number') return alpha.isDefault ? null : alpha.value;
  return alpha.kind === 'none' || alpha.kind === 'boolean' ? undefined : null;
}

function shown(node: Expression['node'], code: string): string {
  return textOf(node, code).replace(/\s+/g, ' ').slice(0, LONGEST_NAME);
}
