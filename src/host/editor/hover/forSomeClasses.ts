import { l10n } from 'vscode';
import { hasFloor } from '../../../analysis/claims/lossClaims.ts';
import type { Effect } from '../../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import { equivalentAlphas } from '../../../frameworks/conventionUsers.ts';
import { CONVENTIONS, type ConventionName } from '../../../loss/conventions/conventions.ts';
import { targetFormula } from '../../../loss/conventions/targetFormula.ts';
import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { fixedNats, plain } from '../../../words/numberFormat.ts';
import { formWords } from '../configWords.ts';
import { code, table } from './hoverMarkdown.ts';
import type { Subject } from './hoverSubject.ts';

/** What an unsmoothed loss is compared with, and an α that isn't known is shown by. */
export const USUAL = 0.1;

/** Stand for all K where it isn't known. */
export const SOME_CLASSES = [2, 10, 100, 1000];

/** Too few classes to smooth: of such a loss there's nothing to copy or to see trained. */
export function isAlone(effect: Effect, classes: KnownClasses | null): boolean {
  return (
    effect.kind === 'smoothed' &&
    specFiguresOf(effect.convention, effect.alpha, classes?.value ?? 2, 'ce').alone
  );
}

/** Of a K that leaves no second class to share α with. */
export function aboutAlone(convention: ConventionName): string {
  const { activation, padded } = CONVENTIONS[convention];
  if (padded)
    return l10n.t('There are fewer than two classes besides padding, so smoothing changes nothing.');
  return activation === 'softmax'
    ? l10n.t(
        'The softmax of a single class is always 1, so the loss is always 0 and smoothing changes nothing.',
      )
    : l10n.t('There is only one class, so smoothing changes nothing.');
}

/** Both are formulas. */
export function targetSentence(ofTrue: string, ofOther: string): string {
  return l10n.t(
    'The target is {0} for the true class and {1} for every other class.',
    code(ofTrue),
    code(ofOther),
  );
}

/** For a K that isn't known, what it would be for some. */
export function byClasses(convention: ConventionName, alpha: number, config: Subject['config']): string {
  const [ofTrue, ofOther] = targetFormula(convention, plain(alpha), 'K');
  const converts = convention !== 'UNIFORM_K' && equivalentAlphas(convention, alpha, 10).length > 0;
  const isPlain = hasFloor(config);
  const head = [
    'K',
    l10n.t('true class'),
    l10n.t('others'),
    ...(isPlain ? [l10n.t('floor'), l10n.t('uniform guess'), l10n.t('logit gap')] : []),
  ];
  const rows = SOME_CLASSES.filter((count) => count > 2 || convention !== 'PAD_EXCLUDED').map((count) => {
    const { on, off, floor, guessing, gap } = specFiguresOf(convention, alpha, count, formWords(config));
    const pytorch = converts ? [plain(equivalentAlphas(convention, alpha, count)[0]!.alpha)] : [];
    const losses = isPlain ? [fixedNats(floor, 4), fixedNats(guessing, 4), fixedNats(gap, 3)] : [];
    return [String(count), plain(on), plain(off), ...losses, ...pytorch];
  });
  const whole = converts ? [...head, l10n.t('PyTorch α')] : head;
  const target = targetSentence(ofTrue, ofOther);
  if (!isPlain)
    return [
      `${target} ${l10n.t('K can’t be inferred here. For some values of K:')}`,
      table(whole, rows),
    ].join('\n\n');
  return [
    `${target} ${l10n.t('K can’t be inferred here. For some values of K, with losses in nats:')}`,
    table(whole, rows),
    l10n.t('The loss can’t reach 0: its floor is the entropy of the targets.'),
  ].join('\n\n');
}
