import { surprise } from '../../../loss/theory/floors.ts';
import type { Work } from '../../../loss/work.ts';
import type { ExecutedFigures } from '../../claims/executedLoss.ts';
import { remembered } from '../../common/remembered.ts';
import type { ConfigAlpha, LossConfig } from '../../lossConfig.ts';
import type { ExecutionBudget } from '../execute/executionBudget.ts';
import { questionOf } from '../execute/questionOf.ts';
import { executeOnce, rememberedExecution } from '../execute/rememberedExecutions.ts';
import { changedLater } from '../inputs/later/changedLoss.ts';
import { lossInputs } from '../inputs/lossInputs.ts';
import { lossUses } from '../inputs/lossUses.ts';
import { isWeighted } from '../inputs/namedLoss.ts';
import { makerOf } from '../inputs/rows/makersOfTargets.ts';
import { givenFor } from '../losses/boundCall.ts';
import type { RecognizedCall } from '../losses/recognized.ts';
import type { CallSite } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import type { Resolver } from '../values/resolver.ts';

/** A loss of the module, and its α. */
interface OtherLoss {
  readonly call: RecognizedCall;
  readonly alpha: ConfigAlpha;
}

type Form = 'ce' | 'kl';

/** What a call that only makes targets is a part of, where the module shows the loss that gets them. */
export function* withLossOfTargets(
  config: LossConfig,
  { site }: RecognizedCall,
  losses: readonly OtherLoss[],
  resolver: Resolver,
  budget: ExecutionBudget,
): Work<LossConfig> {
  const { executed } = config;
  if (executed?.kind !== 'read' || executed.what !== 'targets' || config.form !== null) return config;
  const { here } = executed;
  const form =
    formOfUses(site, losses, resolver) ?? (yield* formAround(site, config, here, resolver, budget));
  if (!form) return config;
  const floor = here && floorOf(here, form);
  return { ...config, form, executed: { ...executed, here: here && { ...here, floor } } };
}

/** Of the losses that get what it makes as targets: null where one of them does something else with them, undefined where there's none. */
function formOfUses(
  site: CallSite,
  losses: readonly OtherLoss[],
  resolver: Resolver,
): Form | null | undefined {
  const forms = (byMaker(losses).get(site) ?? []).map(({ call, alpha }) => plainForm(call, alpha, resolver));
  const [first] = forms;
  return forms.every((form) => form === first) ? first : null;
}

/** Losses by what makes their targets, each looked at once. */
const byMaker = remembered((losses: readonly OtherLoss[]): ReadonlyMap<CallSite, readonly OtherLoss[]> => {
  const found = new Map<CallSite, OtherLoss[]>();
  for (const loss of losses)
    for (const { targets } of lossUses(loss.call)) {
      const maker = targets ? makerOf(targets) : undefined;
      if (!maker) continue;
      const others = found.get(maker) ?? [];
      if (others.at(-1) !== loss) others.push(loss);
      found.set(maker, others);
    }
  return found;
});

/** It's a cross-entropy or a divergence of what it's given, and nothing besides. */
function plainForm(call: RecognizedCall, alpha: ConfigAlpha, resolver: Resolver): Form | null {
  const { entry, computes, bound, parameters, weights } = call;
  if (computes !== 'ce' && computes !== 'kl') return null;
  if (!entry || entry.focal !== undefined || entry.beyond !== undefined || entry.mixes !== undefined)
    return null;
  const smooths = alpha.state !== 'default' || (alpha.value ?? 0) !== 0;
  const isOther = isWeighted(givenFor(bound, weights ?? 'weight', parameters)) || bound.open;
  if (smooths || isOther || changedLater(call.site, 'weight')) return null;
  if (computes === 'kl' && !comparesLogs(call)) return null;
  return lossInputs(call, resolver).input !== null ? null : computes;
}

/** `kl_div(z.log_softmax(1), q)`: logarithms of probabilities, and probabilities. */
function comparesLogs(call: RecognizedCall): boolean {
  if (call.bound.named.get('log_target') !== undefined) return false;
  return lossUses(call).every(
    ({ logits }) => logits && /log/i.test(textOf(logits.node, logits.scope.module.text).slice(0, LONGEST)),
  );
}

/** Characters of an argument that are looked through. */
const LONGEST = 400;

/** Of the function it's called in, if running that shows a loss of these very targets. */
function* formAround(
  { scope }: CallSite,
  { alpha }: LossConfig,
  here: ExecutedFigures | null,
  resolver: Resolver,
  budget: ExecutionBudget,
): Work<Form | null> {
  const isPlain = scope.kind === 'function' && scope.parent?.kind === 'module';
  if (!isPlain || here?.targets == null || here.classes === null || alpha.value === undefined) return null;
  const { targets, classes } = here;
  const question = questionOf(scope, null, resolver, { alpha: alpha.value, classes });
  if (!question || (budget.isSpent && !rememberedExecution(question, resolver))) return null;
  const execution = yield* executeOnce(question, resolver, budget);
  if (execution.kind !== 'read' || execution.what !== 'loss' || execution.focal) return null;
  const { form, parts, weights, takes } = execution;
  const [part, ...others] = parts;
  if ((form !== 'ce' && form !== 'kl') || !part || others.length > 0 || part.scale !== 1) return null;
  if (weights !== null || takes === 'probabilities') return null;
  const all = [...(part.atSite ? [part.atSite] : []), ...part.figures];
  const own = all.filter((each) => each.classes === classes);
  const isIt = own.every(({ on, off }) => isNear(on, targets.on) && isNear(off, targets.off));
  return own.length > 0 && isIt ? form : null;
}

/** Figures are rounded. */
const TOLERANCE = 1e-6;

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < TOLERANCE;
}

/** The least for a row: S ln S − Σ q ln q of a cross-entropy with targets of the sum S, S ln S of a divergence. */
function floorOf({ targets, classes }: ExecutedFigures, form: Form): number | null {
  if (!targets || classes === null) return null;
  const { on, off, sum } = targets;
  if (!isNear(sum, on + (classes - 1) * off)) return null;
  return form === 'kl' ? -surprise(sum) : -surprise(sum) + surprise(on) + (classes - 1) * surprise(off);
}
