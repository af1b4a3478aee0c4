import { l10n, type TextDocument } from 'vscode';
import { sameLoss } from '../../../analysis/claims/executedAsUniform.ts';
import { type Effect, effectOf } from '../../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { Reduction } from '../../../loss/lossSpec.ts';
import type { ConfigSnapshot, TakenLoss } from '../../../protocol/panelSnapshot.ts';
import { configSnapshot } from '../configSnapshot.ts';
import { callersWords, formWords } from '../configWords.ts';

/** A loss in code, as far as logits may be given it. */
export interface CodeLoss {
  /** By its document and its place among the losses there: it stays while its arguments are edited. */
  readonly id: string;
  readonly config: ConfigSnapshot;
  /** What the code says besides α and its convention. */
  readonly besides: Omit<TakenLoss, 'convention' | 'labelSmoothing'>;
  /** Why it may not be the loss of the logits, or isn't known well enough to be taken unasked: a sentence; null if it is. */
  readonly why: string | null;
  /** It's an α that is set somewhere, and no loss: what it's used for isn't known. */
  readonly isSetting: boolean;
}

/** What is known of the loss with this number in its document. */
export function codeLoss(
  config: LossConfig,
  classes: KnownClasses | null,
  document: TextDocument,
  index: number,
): CodeLoss {
  const { loss, entry, form } = config;
  const { weight, ignoreIndex = null, reduction = usualReduction(entry) } = loss;
  const effect = effectOf(config);
  const same = sameLoss(config, effect, classes?.value ?? null, formWords(config));
  return {
    id: `${document.uri}#${index}`,
    config: { ...configSnapshot(config, classes, document), labelSmoothing: same?.alpha ?? alphaOf(effect) },
    besides: {
      weight: weight ? Array.from(weight) : null,
      ignoreIndex,
      reduction,
      ...((form === 'ce' || form === 'kl') && { form: formWords(config) }),
    },
    why: doubtOf(config, effect, same !== null),
    isSetting: (config.kind === 'key' || config.kind === 'flag') && effect.kind === 'ambiguous',
  };
}

/** Whose losses come one by one is mostly given their mean. */
function usualReduction(entry: LossConfig['entry']): Reduction {
  return entry?.reduction === 'sum' ? 'sum' : 'mean';
}

/** α, or what it is if nobody says otherwise. */
function alphaOf(effect: Effect): number | null {
  switch (effect.kind) {
    case 'hard':
      return 0;
    case 'smoothed':
    case 'ambiguous':
    case 'pending':
    case 'callers':
      return effect.alpha;
    default:
      return null;
  }
}

function doubtOf(config: LossConfig, effect: Effect, isKnown: boolean): string | null {
  const { name, form, input, sum, entry, weighted, loss, unread = [] } = config;
  if (effect.kind === 'callers') return `${callersWords(config, effect.alpha)}.`;
  if (effect.kind === 'ambiguous' || effect.kind === 'pending')
    return l10n.t('How {0} uses α isn’t known here.', name);
  if (effect.kind === 'executed' && !isKnown)
    return l10n.t('The targets here follow none of the known definitions of α.');
  if (effect.kind !== 'hard' && effect.kind !== 'smoothed' && effect.kind !== 'executed')
    return l10n.t('Its α isn’t known here.');
  const isPlain = (form === 'ce' || form === 'kl') && !sum && !entry?.focal && !entry?.beyond;
  if (!isPlain || input !== null || entry?.mixes !== undefined)
    return l10n.t('{0} isn’t a plain cross-entropy of logits.', name);
  if (unread.includes('weight') || (weighted && !loss.weight))
    return l10n.t('It has class weights that aren’t known here.');
  const [argument] = unread;
  return argument === undefined ? null : l10n.t('The value of {0} isn’t known here.', argument);
}
