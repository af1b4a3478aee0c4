import { l10n } from 'vscode';
import { hasFloor } from '../../../analysis/claims/lossClaims.ts';
import { trustedConvention } from '../../../analysis/claims/smoothingEffect.ts';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { targetFormula } from '../../../loss/conventions/targetFormula.ts';
import { ignoresClasses, specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { fixedNats, plain } from '../../../words/numberFormat.ts';
import { callersWords, formWords, severalWords, unknownReason } from '../configWords.ts';
import { aboutAlone, targetSentence, USUAL } from './forSomeClasses.ts';
import { code, table, text } from './hoverMarkdown.ts';
import type { Subject, SubjectOf } from './hoverSubject.ts';

export function aboutUnknown({ config, effect, classes }: SubjectOf<'unknown'>): string {
  const { why } = effect;
  const reason =
    why.kind === 'value'
      ? l10n.t('The value of {0} isn’t known here.', code(why.name))
      : l10n.t('α isn’t known: {0}.', text(unknownReason(why)));
  return forSomeAlphas(reason, [0.05, USUAL, 0.2], config, classes);
}

/** Whoever calls the code says α. */
export function aboutCallers({ config, effect, classes }: SubjectOf<'callers'>): string {
  const { alpha } = effect;
  const who = l10n.t('{0}.', text(callersWords(config, alpha)));
  return forSomeAlphas(who, alpha && alpha > 0 && alpha <= 1 ? [alpha] : [0.05, USUAL, 0.2], config, classes);
}

export function aboutSeveral({ config, effect, classes }: SubjectOf<'several'>): string {
  const who = l10n.t('{0}.', text(severalWords(effect.values)));
  return forSomeAlphas(
    who,
    effect.values.filter((alpha) => alpha > 0 && alpha <= 1),
    config,
    classes,
  );
}

/** `why` α isn't known, and what these would come to. */
function forSomeAlphas(
  why: string,
  alphas: readonly number[],
  config: Subject['config'],
  classes: Subject['classes'],
): string {
  const convention = trustedConvention(config);
  if (convention === null || config.form === null) return why;
  const count = classes?.value;
  const [ofTrue, ofOther] = targetFormula(convention, 'α', count === undefined ? 'K' : String(count));
  const formula = targetSentence(ofTrue, ofOther);
  if (count === undefined && !ignoresClasses(convention)) return `${why} ${formula}`;
  if (specFiguresOf(convention, USUAL, count ?? 2, 'ce').alone) return `${why} ${aboutAlone(convention)}`;
  const isPlain = hasFloor(config);
  const isSigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  const rows = alphas.map((alpha) => {
    const { on, off, floor, gap } = specFiguresOf(convention, alpha, count ?? 2, formWords(config));
    const losses = isPlain ? [fixedNats(floor, 4), fixedNats(gap, 3)] : [];
    return [plain(alpha), plain(on), plain(off), ...losses];
  });
  const head = [
    'α',
    ...(isSigmoid ? [l10n.t('label 1'), l10n.t('label 0')] : [l10n.t('true class'), l10n.t('others')]),
    ...(isPlain ? [l10n.t('floor'), isSigmoid ? l10n.t('optimal logit') : l10n.t('logit gap')] : []),
  ];
  const some = isPlain
    ? l10n.t('For some values of α, with losses in nats:')
    : l10n.t('For some values of α:');
  return [`${why} ${formula} ${some}`, table(head, rows)].join('\n\n');
}
