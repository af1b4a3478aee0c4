import { l10n, type TextDocument } from 'vscode';
import type { LossConfig } from '../../analysis/lossConfig.ts';
import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { intervalText } from '../../words/interval.ts';
import type { KnownClasses } from './classes/knownClasses.ts';
import {
  alphaReason,
  classesReason,
  conventionWords,
  formWords,
  hasFloor,
  missingArgument,
  refusedClasses,
} from './configWords.ts';
import { nameOfDocument } from './documents/cellDocuments.ts';
import { lensTargetOf } from './lens/codeLens.ts';
import { type Effect, effectOf } from './lens/smoothingEffect.ts';

/** What the panel shows of a configuration. */
export function configSnapshot(
  config: LossConfig,
  classes: KnownClasses | null,
  document: TextDocument,
): ConfigSnapshot {
  const { name, framework } = config;
  const effect = effectOf(config);
  const convention = conventionOf(config);
  const target = lensTargetOf(config, document);
  const known =
    effect.kind === 'hard' || effect.kind === 'no-argument'
      ? 0
      : effect.kind === 'smoothed' || effect.kind === 'ambiguous'
        ? effect.alpha
        : null;
  const notes = [
    config.convention === null && effect.kind !== 'hard'
      ? l10n.t('Several frameworks use this key; shown under PyTorch’s definition.')
      : '',
    effect.kind === 'no-argument'
      ? missingArgument(name, effect.argument)
      : known === null
        ? exampleWords(config, effect)
        : alphaReason(config),
    classes
      ? classesReason(classes)
      : CONVENTIONS[convention].activation === 'softmax'
        ? l10n.t('K can’t be inferred from the code; 10 is an example.')
        : '',
    refusedClasses(config),
    hasFloor(config)
      ? ''
      : l10n.t('This is the floor of the plain loss: class weights or a focal factor change it.'),
  ];
  return {
    name,
    framework,
    source: { name: nameOfDocument(document), ...target },
    convention,
    conventionWords: conventionWords(convention),
    form: formWords(config),
    labelSmoothing: known,
    classes: classes?.value ?? null,
    notes: notes.filter((note) => note !== ''),
  };
}

/** Why the α that is shown isn't the code's. */
function exampleWords({ name, alpha: { text, value } }: LossConfig, effect: Effect): string {
  const written = text ?? String(value);
  return effect.kind === 'refused'
    ? l10n.t(
        'The code’s α = {0} is outside {1}, the range {2} accepts; 0.1 is an example.',
        written,
        intervalText(effect.range),
        name,
      )
    : l10n.t('The value of α = {0} isn’t known; 0.1 is an example.', written);
}

/** How α is read, or would be where there's none yet. */
export function conventionOf({ convention, api }: LossConfig): ConventionName {
  return convention ?? (/bce|binary|multilabel/i.test(api) ? 'BINARY_HALF' : 'UNIFORM_K');
}
