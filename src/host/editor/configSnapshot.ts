import { l10n, type TextDocument } from 'vscode';
import { type AsUniform, executedAsUniform } from '../../analysis/claims/executedAsUniform.ts';
import type { ExecutedFigures } from '../../analysis/claims/executedLoss.ts';
import { hasFloor } from '../../analysis/claims/lossClaims.ts';
import { type Effect, effectOf, trustedConvention } from '../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../analysis/lossConfig.ts';
import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import { missingArgument } from '../../problems/findingMessages.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { intervalText } from '../../words/interval.ts';
import { nats, plain } from '../../words/numberFormat.ts';
import {
  alphaReason,
  callersWords,
  classesReason,
  conventionWords,
  formWords,
  refusedClasses,
  severalWords,
  unknownReason,
} from './configWords.ts';
import { nameOfDocument } from './documents/cellDocuments.ts';
import { lensTargetOf } from './lens/codeLens.ts';

/** What the panel shows of a configuration. */
export function configSnapshot(
  config: LossConfig,
  classes: KnownClasses | null,
  document: TextDocument,
): ConfigSnapshot {
  const { name, framework } = config;
  const effect = effectOf(config);
  const form = formWords(config);
  const figures = effect.kind === 'executed' ? effect.figures : null;
  const ran = figures && executedAsUniform(config, figures, classes?.value ?? null, form);
  const convention = ran ? 'UNIFORM_K' : conventionOf(config);
  const target = lensTargetOf(config, document);
  const known = ran?.alpha ?? shownAlpha(effect);
  const isPlain = effect.kind === 'hard' || effect.kind === 'soft' || effect.kind === 'no-argument';
  const notes = [
    ran ? uniformNote(config, figures!, ran) : isPlain ? '' : meaningNote(config, effect),
    effect.kind === 'no-argument'
      ? missingArgument(name, effect.argument)
      : effect.kind === 'soft'
        ? l10n.t('The targets here are probabilities; the panel shows hard targets as an example.')
        : effect.kind === 'callers'
          ? callersNote(config, effect.alpha)
          : known === null
            ? ran
              ? ''
              : exampleWords(config, effect)
            : alphaReason(config),
    classes
      ? classesReason(classes)
      : CONVENTIONS[convention].activation === 'softmax'
        ? l10n.t('K can’t be inferred from the code; 5 is used as an example.')
        : '',
    refusedClasses(config),
    isPlain || (ran && ran.plus !== null) || effect.kind === 'ambiguous' || hasFloor(config)
      ? ''
      : l10n.t('This is the floor of the plain loss: class weights, soft targets or other terms change it.'),
  ];
  return {
    name,
    framework,
    source: { name: nameOfDocument(document), ...target },
    convention,
    conventionWords: conventionWords(convention),
    form,
    labelSmoothing: known,
    classes: classes?.value ?? null,
    notes: notes.filter((note) => note !== ''),
  };
}

/** The targets as they are, what stands for them in the panel, and how the loss that is shown differs from that of the code. */
function uniformNote(
  { name }: LossConfig,
  { targets }: ExecutedFigures,
  { alpha, times, plus }: AsUniform,
): string {
  const shown = l10n.t('The targets of {0} are {1} and {2}.', name, plain(targets!.on), plain(targets!.off));
  const isOne = Math.abs(times - 1) < 1e-9;
  const stands = isOne
    ? l10n.t('They are shown as α = {0} under PyTorch’s definition.', plain(alpha))
    : l10n.t(
        'They sum to {0}. Divided by that sum, they equal the targets of α = {1} under PyTorch’s definition.',
        plain(times),
        plain(alpha),
      );
  if (plus === null || (isOne && plus === 0)) return `${shown} ${stands}`;
  const differs =
    plus === 0
      ? l10n.t('The code’s loss is {0} times the one shown.', plain(times))
      : isOne
        ? l10n.t('The code’s loss is the one shown plus {0} nats.', nats(plus))
        : l10n.t('The code’s loss is {0} times the one shown, plus {1} nats.', plain(times), nats(plus));
  return `${shown} ${stands} ${differs}`;
}

/** Null: an example is shown. */
function shownAlpha(effect: Effect): number | null {
  switch (effect.kind) {
    case 'hard':
    case 'soft':
    case 'no-argument':
      return 0;
    case 'smoothed':
    case 'ambiguous':
    case 'callers':
    case 'pending':
      return effect.alpha;
    default:
      return null;
  }
}

/** What α means here, where that isn't known. */
function meaningNote(config: LossConfig, effect: Effect): string {
  if (effect.kind === 'executed' || (trustedConvention(config) !== null && effect.kind !== 'ambiguous'))
    return '';
  return config.kind === 'key' || config.kind === 'flag'
    ? l10n.t('Several frameworks use this key; shown under PyTorch’s definition.')
    : l10n.t('How {0} uses α isn’t known here; shown under PyTorch’s definition.', config.name);
}

function callersNote(config: LossConfig, alpha: number | null): string {
  const who = callersWords(config, alpha);
  return alpha === null ? l10n.t('{0}; 0.1 is used as an example.', who) : who;
}

/** Why the α that is shown isn't the code's. */
function exampleWords({ name, alpha: { text, value } }: LossConfig, effect: Effect): string {
  if (effect.kind === 'several')
    return l10n.t('{0}; 0.1 is used as an example.', severalWords(effect.values));
  if (effect.kind === 'unknown')
    return l10n.t('α isn’t known: {0}. 0.1 is used as an example.', unknownReason(effect.why));
  if (effect.kind === 'executed')
    return l10n.t('The targets here follow none of the known definitions of α; 0.1 is used as an example.');
  const written = text ?? String(value);
  return effect.kind === 'refused'
    ? l10n.t(
        'The code’s α = {0} is outside {1}, the range {2} accepts; 0.1 is used as an example.',
        written,
        intervalText(effect.range),
        name,
      )
    : l10n.t('The value of α = {0} isn’t known; 0.1 is used as an example.', written);
}

/** How α is read, or would be where there's none yet. */
export function conventionOf(config: LossConfig): ConventionName {
  const { api } = config;
  return trustedConvention(config) ?? (/bce|binary|multilabel/i.test(api) ? 'BINARY_HALF' : 'UNIFORM_K');
}
