import { l10n, window } from 'vscode';
import { sameLoss } from '../../../analysis/claims/executedAsUniform.ts';
import { type Effect, effectOf } from '../../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { equivalentIn, TARGET_FRAMEWORKS, type TargetFramework } from '../../../frameworks/equivalent.ts';
import { plain } from '../../../words/numberFormat.ts';
import { sayInformation } from '../../messages/notifications.ts';
import { formWords } from '../configWords.ts';

/** Code for the same targets in another framework, asked for if it isn't said. Undefined if there's none; then it was said why. */
export async function copyEquivalent(
  config: LossConfig,
  classes: KnownClasses | null,
  framework: TargetFramework | undefined,
  setClasses: () => Promise<void>,
): Promise<string | undefined> {
  const effect = effectOf(config);
  const same = sameLoss(config, effect, classes?.value ?? null, formWords(config));
  if (!same) {
    sayInformation(whyNot(config, effect));
    return undefined;
  }
  const ran = config.executed?.kind === 'read' ? config.executed : null;
  const title = l10n.t('Copy an equivalent loss for');
  const wanted = framework ?? (await window.showQuickPick(TARGET_FRAMEWORKS, { title }));
  const known = TARGET_FRAMEWORKS.find((name) => name === wanted);
  if (!known) return undefined;
  const equivalent = equivalentIn(known, {
    convention: same.convention,
    alpha: same.alpha,
    classes: classes?.value ?? null,
    form: formWords(config),
    reduction: (ran ? ran.reduction : config.loss.reduction) ?? 'mean',
  });
  if ('code' in equivalent) return equivalent.code;
  if (equivalent.why === 'padding') {
    sayInformation(
      l10n.t('{0} can’t express these targets: it would give the padding class a share, too.', known),
    );
    return undefined;
  }
  const set = l10n.t('Set K…');
  const why = l10n.t('The same targets need a different α in {0}, which depends on K.', known);
  if ((await sayInformation(why, set)) === set) await setClasses();
  return undefined;
}

/** Why there's nothing to copy: a sentence. */
function whyNot({ name }: LossConfig, effect: Effect): string {
  if (effect.kind !== 'executed')
    return l10n.t('Nothing to copy: this loss isn’t smoothed, or its α is unknown.');
  const { targets } = effect.figures;
  return targets && Math.abs(targets.sum - 1) > 1e-9
    ? l10n.t('Nothing to copy: the targets of {0} sum to {1}, not 1.', name, plain(targets.sum))
    : l10n.t('Nothing to copy: no α gives the loss of {0}.', name);
}
