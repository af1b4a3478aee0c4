import { l10n } from 'vscode';
import type { Effect } from '../../../analysis/claims/smoothingEffect.ts';
import type { Outside } from '../../../frameworks/acceptedAlpha.ts';
import { USERS } from '../../../frameworks/conventionUsers.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { intervalText } from '../../../words/interval.ts';
import { fixedNats, literal, plain } from '../../../words/numberFormat.ts';
import { aboutAlone, SOME_CLASSES } from './forSomeClasses.ts';
import { code, table } from './hoverMarkdown.ts';
import type { Subject, SubjectOf } from './hoverSubject.ts';

/** Targets that are probabilities, as they come. */
export function aboutSoft({ config }: Subject): string {
  return config.form === 'kl'
    ? l10n.t(
        'Soft targets: probabilities. The loss is a divergence from them, so it’s 0 where the prediction equals a target that sums to 1.',
      )
    : l10n.t('Soft targets: probabilities. The floor of the loss is their entropy, which isn’t known here.');
}

export function aboutRefused({ config, effect }: SubjectOf<'refused'>): string {
  const { range, does } = effect;
  const takes = l10n.t('{0} accepts α in {1}.', code(config.name), intervalText(range));
  const what = REFUSED[does](effect);
  const percent =
    effect.alpha >= 2 && effect.alpha <= 100
      ? l10n.t('If {0} % was meant, α is {1}.', literal(effect.alpha), literal(effect.alpha / 100))
      : '';
  return [takes, what, percent].filter(Boolean).join(' ');
}

const REFUSED: Readonly<Record<Outside, (effect: SubjectOf<'refused'>['effect']) => string>> = {
  raises: ({ range, alpha }) =>
    l10n.t('It raises {0}.', code((range.error ?? '').replace('X', String(alpha)))),
  applies: () => l10n.t('It uses the value anyway, so some targets are above 1 or below 0.'),
  nan: () => l10n.t('It returns NaN.'),
  // Not refused: such an α smooths nothing.
  off: () => '',
  unknown: () => '',
};

/** The two most common meanings, side by side. */
export function aboutReadings({ config, effect, classes }: SubjectOf<'ambiguous'>): string {
  if (classes && classes.value < 2) return aboutAlone('UNIFORM_K');
  const counts = classes ? [classes.value] : SOME_CLASSES;
  const readings: readonly ConventionName[] = ['UNIFORM_K', 'UNIFORM_OTHERS'];
  const rows = counts.flatMap((count) =>
    readings.map((convention) => {
      const { on, off, floor } = specFiguresOf(convention, effect.alpha, count, 'ce');
      return [USERS[convention], String(count), plain(on), plain(off), fixedNats(floor, 4)];
    }),
  );
  const head = [l10n.t('if it comes from'), 'K', l10n.t('true class'), l10n.t('others'), l10n.t('floor')];
  const why =
    config.kind === 'key' || config.kind === 'flag'
      ? l10n.t('Several frameworks use this name with different meanings.')
      : l10n.t('How {0} uses α isn’t known here.', code(config.name));
  return [`${why} ${l10n.t('The usual definitions, with losses in nats:')}`, table(head, rows)].join('\n\n');
}

export function aboutOther({ effect }: SubjectOf<'other'>): string {
  return INSTEAD[effect.instead]();
}

const INSTEAD: Readonly<Record<Extract<Effect, { kind: 'other' }>['instead'], () => string>> = {
  preference: () => l10n.t('Not class smoothing: this is the probability that a preference pair is flipped.'),
  fixed: () => l10n.t('The amount of smoothing is fixed: there is no α.'),
  focal: () => l10n.t('The targets are smoothed inside a focal loss, so its floor differs.'),
};
