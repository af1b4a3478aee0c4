import { l10n } from 'vscode';
import { hasFloor } from '../../../analysis/claims/lossClaims.ts';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { ignoresClasses, specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { fixedNats, plain } from '../../../words/numberFormat.ts';
import { aboutAlone, byClasses, USUAL } from './forSomeClasses.ts';
import { code } from './hoverMarkdown.ts';
import type { Subject } from './hoverSubject.ts';
import { targetsAlt, targetsPicture } from './targetsPicture.ts';

export function aboutHard({ config, classes, theme }: Subject): string {
  const convention = config.convention ?? 'UNIFORM_K';
  const softmax = CONVENTIONS[convention].activation === 'softmax';
  const count = classes?.value;
  const hard =
    config.input === null || config.input === 'masked'
      ? l10n.t(
          'Hard targets: 1 and 0. The larger the logit of the true class, the closer the loss is to 0, so the model is never told to stop.',
        )
      : l10n.t('Hard targets: 1 and 0.');
  const none =
    config.entry?.instead === 'nothing'
      ? l10n.t('{0} has no label smoothing argument.', code(config.name))
      : '';
  if (specFiguresOf(convention, USUAL, count ?? 2, 'ce').alone)
    return [aboutAlone(convention), none].filter(Boolean).join('\n\n');
  if (none || (count === undefined && !ignoresClasses(convention))) {
    const rows = none ? '' : byClasses(convention, USUAL, config);
    return [hard, none, rows && l10n.t('With α = {0}:', USUAL), rows].filter(Boolean).join('\n\n');
  }
  const figures = specFiguresOf(convention, USUAL, count ?? 2, 'ce');
  const subject = { figures, classes: count ?? 2, floor: hasFloor(config) };
  const picture = `![${targetsAlt(subject)}](${targetsPicture(subject, theme)})`;
  if (!subject.floor)
    return [
      hard,
      l10n.t(
        'With **α = {0}** the targets would be **{1}** and **{2}**:',
        USUAL,
        plain(figures.on),
        plain(figures.off),
      ),
      picture,
    ].join('\n\n');
  const shown = [
    USUAL,
    plain(figures.on),
    plain(figures.off),
    fixedNats(figures.floor, 6),
    fixedNats(figures.gap, 4),
  ] as const;
  return [
    hard,
    softmax
      ? l10n.t(
          'With **α = {0}** the targets would be **{1}** and **{2}**, the floor {3} nats, and the optimal logit gap {4}:',
          ...shown,
        )
      : l10n.t(
          'With **α = {0}** the targets would be **{1}** and **{2}**, the floor {3} nats, and the optimal logit {4}:',
          ...shown,
        ),
    picture,
  ].join('\n\n');
}
