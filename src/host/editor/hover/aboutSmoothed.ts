import { l10n } from 'vscode';
import { claimsOf, hasFloor } from '../../../analysis/claims/lossClaims.ts';
import { equivalentAlphas, USERS } from '../../../frameworks/conventionUsers.ts';
import { ignoresClasses, type SpecFigures, specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { fixedNats, literal, plain } from '../../../words/numberFormat.ts';
import { formWords } from '../configWords.ts';
import { aboutAlone, byClasses } from './forSomeClasses.ts';
import type { Subject, SubjectOf } from './hoverSubject.ts';
import { figureTable, written } from './targetNumbers.ts';
import { targetsAlt, targetsPicture } from './targetsPicture.ts';

export function aboutSmoothed({ config, effect, classes, theme }: SubjectOf<'smoothed'>): string {
  const { alpha, convention } = effect;
  if (config.form === 'sum') return aboutSum({ config, classes });
  if (!classes && !ignoresClasses(convention)) return byClasses(convention, alpha, config);
  const count = classes?.value ?? 2;
  const figures = specFiguresOf(convention, alpha, count, formWords(config));
  if (figures.alone) return aboutAlone(convention);
  const floor = hasFloor(config);
  const subject = { figures, classes: count, floor };
  return [
    `![${targetsAlt(subject)}](${targetsPicture(subject, theme)})`,
    written(convention, alpha, count, figures, classes === null),
    floor ? figureTable(figures) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** A sum of losses: of targets that add up, or of floors that do. */
function aboutSum({ config, classes }: Pick<Subject, 'config' | 'classes'>): string {
  const { targets, floor } = claimsOf(config, classes?.value ?? null);
  const { sum } = config;
  if (!sum) return l10n.t('A sum of losses, with factors that aren’t known here.');
  const terms = sum.terms.map(({ factor, alpha }) => l10n.t('{0} × α {1}', literal(factor), literal(alpha)));
  const what = sum.isSameLogits
    ? l10n.t('A sum of losses on the same logits, so their targets add up: {0}.', terms.join(' + '))
    : l10n.t('A sum of losses on different logits, so their floors add up: {0}.', terms.join(' + '));
  const values =
    targets && targets !== 'soft'
      ? l10n.t('true class {0}, others {1}', `**${plain(targets.on)}**`, `**${plain(targets.off)}**`)
      : '';
  const lowest = floor === null ? '' : l10n.t('Floor: {0} nats.', `**${fixedNats(floor, 6)}**`);
  return [what, values, lowest].filter(Boolean).join('\n\n');
}

/** Why the floor is what it is, and how others get the same. */
export function moreAboutSmoothed({ config, effect, classes }: SubjectOf<'smoothed'>): string {
  const { alpha, convention } = effect;
  if (config.form === 'sum' || (!classes && !ignoresClasses(convention))) return '';
  const count = classes?.value ?? 2;
  const figures = specFiguresOf(convention, alpha, count, formWords(config));
  if (figures.alone) return '';
  const why = hasFloor(config) ? whyNotZero(config, figures) : '';
  const same = equivalentAlphas(convention, alpha, classes?.value ?? null).map((other) => {
    const shown = plain(other.alpha);
    const sign = shown === literal(other.alpha) ? '=' : '≈';
    return `${USERS[other.convention]} **α ${sign} ${shown}**`;
  });
  return [why, same.length > 0 ? l10n.t('The same targets in other frameworks: {0}', same.join(' · ')) : '']
    .filter(Boolean)
    .join('\n\n');
}

function whyNotZero({ entry, form }: Subject['config'], { floor }: SpecFigures): string {
  if (floor === 0 && (entry?.form !== undefined || form === 'kl'))
    return l10n.t(
      'This form of the loss subtracts the entropy of the targets, so it reaches 0 when the prediction equals the target.',
    );
  return l10n.t(
    'The loss can’t reach 0. Its floor is the entropy of the targets, reached when the prediction equals the target; a more confident prediction raises the loss again.',
  );
}
