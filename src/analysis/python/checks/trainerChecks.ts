import { isAtLeast } from '../../checks/releases.ts';
import type { TrainerAccumulation, TrainerMultiLabel, TrainerOwnLoss } from '../../checks/usageFindings.ts';
import { remembered } from '../../common/remembered.ts';
import { callsIn } from '../names/moduleIndex.ts';
import type { PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, textOf } from '../syntax/syntaxNodes.ts';
import { factsOf } from './moduleFacts.ts';
import type { UsedLoss } from './usedLoss.ts';

/**
 * Releases in which a Trainer with `num_items_in_batch` leaves a smoothed loss undivided (pull request 34198): from the first up to, and
 * without, the second. From the third on it's divided (47261); of those between isn't known which was the first.
 */
const [FIRST_UNDIVIDED, MAY_DIVIDE, DIVIDED] = ['4.46', '5.14', '5.17'];

/** Hugging Face's arguments of training, with α above 0. */
export function trainerChecks(
  used: UsedLoss,
): readonly (TrainerAccumulation | TrainerMultiLabel | TrainerOwnLoss)[] {
  const { config, call } = used;
  const { alpha } = config;
  if (config.entry?.id !== 'hf.TrainingArguments' || !alpha.argument) return [];
  const isOn =
    alpha.value !== undefined && alpha.value !== 0 && (alpha.state === 'known' || alpha.state === 'callers');
  if (!isOn) return [];
  const { module } = call.site.scope;
  const span = alpha.argument;
  const multiLabel = factsOf(module).isMultiLabel;
  const own = multiLabel ? undefined : ownLoss(module);
  return [
    ...(multiLabel ? [{ rule: 'trainer-multi-label', span, fix: null } as const] : []),
    ...(own === undefined ? [] : [{ rule: 'trainer-own-loss', span, by: own, fix: null } as const]),
    ...(multiLabel || own !== undefined ? [] : accumulation(used)),
  ];
}

function accumulation({ config, call, resolver, context }: UsedLoss): readonly TrainerAccumulation[] {
  const given = call.bound.named.get('gradient_accumulation_steps');
  const steps = given && resolver.resolve(given.expression);
  if (!given || steps?.kind !== 'number' || steps.isDefault || !(steps.value > 1)) return [];
  if (config.alpha.state !== 'known') return [];
  const least = context.versions?.transformers;
  const exact = context.pins?.transformers;
  if (least !== undefined && isAtLeast(least, DIVIDED)) return [];
  if (exact !== undefined && (!isAtLeast(exact, FIRST_UNDIVIDED) || isAtLeast(exact, MAY_DIVIDE))) return [];
  const isHere = given.expression.scope.module === call.site.scope.module;
  return [
    {
      rule: 'trainer-accumulation',
      span: isHere ? given.span : config.callee,
      steps: steps.value,
      version: exact ?? null,
      fix: null,
    },
  ];
}

/** What takes the place of the Trainer's loss: a function it's given, or a subclass whose loss doesn't smooth. */
const ownLoss = remembered((module: PyModule): string | undefined => {
  for (const site of module.calls) {
    if (!site.name.endsWith('Trainer')) continue;
    const given = argumentsOf(argListOf(site.node), module.text).find(
      ({ name }) => name === 'compute_loss_func',
    );
    if (given && given.value.name !== 'None') return 'compute_loss_func';
  }
  const trainers = module.scopes.filter(
    (scope) => scope.kind === 'function' && scope.name === 'compute_loss' && scope.parent?.kind === 'class',
  );
  const [only, ...others] = trainers;
  if (!only || others.length > 0 || !isTrainer(only.parent!.node, module)) return undefined;
  const body = module.text.slice(only.span.from, only.span.to);
  // It smooths itself, or leaves that to the Trainer.
  if (/label_smooth|super\(/.test(body)) return undefined;
  const uses = module.calls.filter(({ name }) => name === 'Trainer' || name === 'Seq2SeqTrainer');
  if (uses.length > 0 || module.calls.every(({ name }) => name !== only.parent!.name)) return undefined;
  return [...callsIn(module, only.span)].length > 0 ? `${only.parent!.name}.compute_loss` : undefined;
});

function isTrainer(node: UsedLoss['call']['site']['node'] | null, module: PyModule): boolean {
  const bases = node?.getChild('ArgList');
  return bases !== undefined && bases !== null && /\b(?:Seq2Seq)?Trainer\b/.test(textOf(bases, module.text));
}
