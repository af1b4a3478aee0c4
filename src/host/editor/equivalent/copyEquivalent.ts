import { l10n, window } from 'vscode';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { sayInformation } from '../../messages/notifications.ts';
import type { KnownClasses } from '../classes/knownClasses.ts';
import { formWords } from '../configWords.ts';
import { effectOf } from '../lens/smoothingEffect.ts';
import { equivalentIn, TARGET_FRAMEWORKS, type TargetFramework } from './equivalent.ts';

/** Code for the same targets in another framework, asked for if it isn't said. Undefined if there's none; then it was said why. */
export async function copyEquivalent(
  config: LossConfig,
  classes: KnownClasses | null,
  framework: TargetFramework | undefined,
  setClasses: () => Promise<void>,
): Promise<string | undefined> {
  const effect = effectOf(config);
  if (effect.kind !== 'smoothed') {
    sayInformation(l10n.t('Nothing to copy: this loss isn’t smoothed, or its α is unknown.'));
    return undefined;
  }
  const title = l10n.t('Copy equivalent for');
  const wanted = framework ?? (await window.showQuickPick(TARGET_FRAMEWORKS, { title }));
  const known = TARGET_FRAMEWORKS.find((name) => name === wanted);
  if (!known) return undefined;
  const equivalent = equivalentIn(known, {
    convention: effect.convention,
    alpha: effect.alpha,
    classes: classes?.value ?? null,
    form: formWords(config),
    reduction: config.loss.reduction ?? 'mean',
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
