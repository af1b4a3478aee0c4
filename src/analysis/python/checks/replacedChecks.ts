import type { OverwrittenLoss, PaddingCounts, SmoothedTeacher } from '../../checks/usageFindings.ts';
import { countBefore } from '../../common/countBefore.ts';
import { givenFor } from '../losses/boundCall.ts';
import type { Recognizing } from '../losses/recognized.ts';
import { callsIn } from '../names/moduleIndex.ts';
import { type Binding, lineOf, type PyModule, type Scope } from '../syntax/pythonScopes.ts';
import { dottedOf, textOf } from '../syntax/syntaxNodes.ts';
import { factsOf, teacherIn } from './moduleFacts.ts';
import { statementAround, sureAlpha, type UsedLoss } from './usedLoss.ts';

/** `if smoothing: criterion = A(…)` and then `criterion = B(…)`, without an else: A is never used. */
export function overwrittenLoss(used: UsedLoss, recognizer: Recognizing): readonly OverwrittenLoss[] {
  const { config, call } = used;
  const { site } = call;
  const { module } = site.scope;
  const { value, argument } = config.alpha;
  const isOff = value === 0 || (value === undefined && argument === null) || config.labels !== 'hard';
  const statement = site.node.parent;
  if (isOff || statement?.name !== 'AssignStatement' || statement.lastChild?.from !== site.node.from)
    return [];
  const name = dottedOf(statement.firstChild, module.text);
  if (name === undefined) return [];
  const bindings = bindingsOf(name, site.scope);
  const own = countBefore(bindings, statement.from, ({ at }) => at);
  const mine = bindings[own];
  const next = bindings[own + 1];
  if (mine?.kind !== 'value' || mine.value.from !== site.node.from) return [];
  if (next?.kind !== 'value' || next.scope !== mine.scope || next.value.name !== 'CallExpression') return [];
  // It's run whenever the first is: in the same block, or in one around it.
  if (!(next.block.from <= mine.block.from && mine.block.to <= next.block.to)) return [];
  if (mine.loop || next.loop) return [];
  const between = module.text.slice(site.node.to, next.value.from);
  const start = between.lastIndexOf(name);
  if (start < 0 || usesName(between.slice(0, start), name)) return [];
  if (/\b(?:return|raise|yield|break|continue|exit\(|elif|else|except)\b/.test(between)) return [];
  const assigned = textOf(next.value, module.text);
  // What a function gives is a number; the same again is no choice.
  if (call.form?.form.kind === 'function' || assigned === textOf(site.node, module.text)) return [];
  if (usesName(assigned, name)) return [];
  const [other] = callsIn(module, next.value);
  if (!other || !recognizer.ofCall(other)) return [];
  // Losses that are only listed, one after the other, are no choice either.
  if (!name.includes('.') && !usesName(module.text.slice(next.value.to), name)) return [];
  return [
    {
      rule: 'overwritten-loss',
      span: config.callee,
      name,
      line: lineOf(module, next.value.from),
      fix: null,
    },
  ];
}

function bindingsOf(name: string, scope: Scope): readonly Binding[] {
  if (name.startsWith('self.')) {
    for (let each: Scope | null = scope; each; each = each.parent)
      if (each.kind === 'class') return each.attributes.get(name.slice('self.'.length)) ?? [];
    return [];
  }
  return scope.bindings.get(name) ?? [];
}

function usesName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w.]/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length))) return true;
  return false;
}

const FLATTENED = /\.(?:view|reshape)\(\s*-1\s*\)$|\.flatten\(\)$/;

/** Targets of padded sequences, flattened, for a loss that could leave their padding out and doesn't. */
export function paddingCounts(used: UsedLoss): readonly PaddingCounts[] {
  const { config, call, inputs } = used;
  const { entry, bound, parameters } = call;
  if (sureAlpha(config) === undefined || !entry?.ignore || bound.open || config.labels !== 'hard') return [];
  if (!parameters.includes(entry.ignore.argument) || givenFor(bound, entry.ignore.argument, parameters))
    return [];
  const { module } = call.site.scope;
  const { padding } = factsOf(module);
  if (padding === undefined) return [];
  const reduction = givenFor(bound, 'reduction', parameters);
  if (reduction && /none/i.test(textOf(reduction.expression.node, reduction.expression.scope.module.text)))
    return [];
  const isFlat = inputs.uses.some(
    ({ targets }) => targets && FLATTENED.test(textOf(targets.node, targets.scope.module.text)),
  );
  if (!isFlat) return [];
  return [
    { rule: 'padding-counts', span: config.callee, padding, argument: entry.ignore.argument, fix: null },
  ];
}

/** The teacher of a distillation is trained here with smoothing. */
export function smoothedTeacher(used: UsedLoss): readonly SmoothedTeacher[] {
  const { config, call, inputs } = used;
  const alpha = sureAlpha(config);
  const { module } = call.site.scope;
  if (alpha === undefined) return [];
  for (const { logits, site } of inputs.uses) {
    if (!logits || !site || logits.scope.module !== module) continue;
    const teacher = teacherIn(sourceOf(logits, module));
    if (teacher === undefined || !factsOf(module).distils) continue;
    return [{ rule: 'smoothed-teacher', span: config.callee, teacher, alpha, fix: null }];
  }
  return [];
}

/** What logits are made of: themselves, or what their name was given last. */
function sourceOf(
  { node, scope }: NonNullable<UsedLoss['inputs']['uses'][number]['logits']>,
  module: PyModule,
): string {
  const text = textOf(node, module.text);
  const bindings = node.name === 'VariableName' ? scope.bindings.get(text) : undefined;
  const before = bindings?.[countBefore(bindings, node.from + 1, ({ at }) => at) - 1];
  if (before?.kind !== 'value') return text;
  return textOf(statementAround({ node: before.value, scope: before.scope }), module.text).slice(0, 300);
}
