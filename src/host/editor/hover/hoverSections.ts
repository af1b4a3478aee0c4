import { l10n } from 'vscode';
import { claimsOf, hasFloor } from '../../../analysis/claims/lossClaims.ts';
import { type Effect, trustedConvention } from '../../../analysis/claims/smoothingEffect.ts';
import type { Outside } from '../../../frameworks/acceptedAlpha.ts';
import { equivalentAlphas, USERS } from '../../../frameworks/conventionUsers.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { targetFormula } from '../../../loss/conventions/targetFormula.ts';
import type { Equation } from '../../../loss/theory/shownEquations.ts';
import { shownLog, shownLogRatio, shownTargets } from '../../../loss/theory/shownEquations.ts';
import type { SpecFigures } from '../../../loss/theory/specFigures.ts';
import { ignoresClasses, specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { intervalText } from '../../../words/interval.ts';
import { fixedNats, literal, plain } from '../../../words/numberFormat.ts';
import { callersWords, formWords, severalWords, unknownReason } from '../configWords.ts';
import { code, table, text } from './hoverMarkdown.ts';
import type { Subject } from './hoverSubject.ts';
import { targetsAlt, targetsPicture } from './targetsPicture.ts';

/** What an unsmoothed loss is compared with, and an α that isn't known is shown by. */
const USUAL = 0.1;
/** Stand for all K where it isn't known. */
const SOME_CLASSES = [2, 10, 100, 1000];
/** Targets are written out up to here. */
const MOST_WRITTEN = 8;

type Of<K extends Effect['kind']> = Subject<Extract<Effect, { kind: K }>>;

export function aboutSmoothed({ config, effect, classes, theme }: Of<'smoothed'>): string {
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

/** Of a K that leaves no second class to share α with. */
function aboutAlone(convention: ConventionName): string {
  const { activation, padded } = CONVENTIONS[convention];
  if (padded)
    return l10n.t('There are fewer than two classes besides padding, so smoothing changes nothing.');
  return activation === 'softmax'
    ? l10n.t(
        'The softmax of a single class is always 1, so the loss is always 0 and smoothing changes nothing.',
      )
    : l10n.t('There is only one class, so smoothing changes nothing.');
}

/** Why the floor is what it is, and how others get the same. */
export function moreAboutSmoothed({ config, effect, classes }: Of<'smoothed'>): string {
  const { alpha, convention } = effect;
  if (config.form === 'sum' || (!classes && !ignoresClasses(convention))) return '';
  const count = classes?.value ?? 2;
  const figures = specFiguresOf(convention, alpha, count, formWords(config));
  if (figures.alone) return '';
  const why = hasFloor(config) ? whyNotZero(config, figures) : '';
  const same = equivalentAlphas(convention, alpha, count).map((other) => {
    const shown = plain(other.alpha);
    const sign = shown === literal(other.alpha) ? '=' : '≈';
    return `${USERS[other.convention]} **α ${sign} ${shown}**`;
  });
  return [why, same.length > 0 ? l10n.t('The same targets in other frameworks: {0}', same.join(' · ')) : '']
    .filter(Boolean)
    .join('\n\n');
}

/** The picture in words: `[0.02, 0.02, 0.92, 0.02, 0.02]`, and the formula with the numbers in it. */
function written(
  convention: ConventionName,
  alpha: number,
  count: number,
  { on, off }: SpecFigures,
  anyClasses: boolean,
): string {
  const equations = shownTargets(convention, alpha, count);
  const [ofTrue, ofOther] = [equations.on, equations.off].map(strong);
  const trueClass = Math.floor(count / 2);
  const targets =
    !anyClasses && count <= MOST_WRITTEN
      ? `${code(`[${Array.from({ length: count }, (_, k) => plain(k === trueClass ? on : off)).join(', ')}]`)} · `
      : '';
  const words = CONVENTIONS[convention].padded
    ? l10n.t('true class {0}, others {1}, padding 0', ofTrue!, ofOther!)
    : l10n.t('true class {0}, others {1}', ofTrue!, ofOther!);
  return `${targets}${words}`;
}

/** With its value in bold. Of what is its own value, that alone. */
function strong({ left, sign, right }: Equation): string {
  return left === right ? `**${right}**` : `${left} ${sign} **${right}**`;
}

function inNats({ left, sign, right }: Equation): string {
  return l10n.t('{0} nats', `${left} ${sign} ${right}`);
}

/** For a loss that is the cross-entropy of its targets and nothing else. */
function figureTable({ smoothing, floor, guessing, on, off }: SpecFigures): string {
  const softmax = smoothing.activation === 'softmax';
  const { left, sign, right } = shownLogRatio(on, softmax ? off : 1 - on, 4);
  const columns = [
    [l10n.t('floor'), `**${l10n.t('{0} nats', fixedNats(floor, 6))}**`],
    [
      l10n.t('uniform guess'),
      softmax && floor > 0
        ? inNats(shownLog(smoothing.among, 4))
        : l10n.t('{0} nats', fixedNats(guessing, 4)),
    ],
    [l10n.t('p at the floor'), plain(on)],
    [softmax ? l10n.t('logit gap at the floor') : l10n.t('logit at the floor'), `${left} ${sign} ${right}`],
  ];
  return table(
    columns.map(([head]) => head!),
    [columns.map(([, value]) => value!)],
  );
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

/** For a K that isn't known, what it would be for some. */
function byClasses(convention: ConventionName, alpha: number, config: Subject['config']): string {
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

/** Both are formulas. */
function targetSentence(ofTrue: string, ofOther: string): string {
  return l10n.t(
    'The target is {0} for the true class and {1} for each other class.',
    code(ofTrue),
    code(ofOther),
  );
}

export function aboutHard({ config, classes, theme }: Subject): string {
  const convention = config.convention ?? 'UNIFORM_K';
  const softmax = CONVENTIONS[convention].activation === 'softmax';
  const count = classes?.value;
  const hard = l10n.t(
    'Hard targets: 1 and 0. The larger the logit of the true class, the closer the loss is to 0, so the model is never told to stop.',
  );
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
    fixedNats(figures.floor, 4),
    fixedNats(figures.gap, 3),
  ] as const;
  return [
    hard,
    softmax
      ? l10n.t(
          'With **α = {0}** the targets would be **{1}** and **{2}**, the floor {3} nats, and the logit gap at the floor {4}:',
          ...shown,
        )
      : l10n.t(
          'With **α = {0}** the targets would be **{1}** and **{2}**, the floor {3} nats, and the logit at the floor {4}:',
          ...shown,
        ),
    picture,
  ].join('\n\n');
}

export function aboutUnknown({ config, effect, classes }: Of<'unknown'>): string {
  const { why } = effect;
  const reason =
    why.kind === 'value'
      ? l10n.t('The value of {0} isn’t known here.', code(why.name))
      : l10n.t('α isn’t known: {0}.', text(unknownReason(why)));
  return forSomeAlphas(reason, [0.05, USUAL, 0.2], config, classes);
}

/** Whoever calls the code says α. */
export function aboutCallers({ config, effect, classes }: Of<'callers'>): string {
  const { alpha } = effect;
  const who = l10n.t('{0}.', text(callersWords(config, alpha)));
  return forSomeAlphas(who, alpha && alpha > 0 && alpha <= 1 ? [alpha] : [0.05, USUAL, 0.2], config, classes);
}

export function aboutSeveral({ config, effect, classes }: Of<'several'>): string {
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
  const rows = alphas.map((alpha) => {
    const { on, off, floor, gap } = specFiguresOf(convention, alpha, count ?? 2, formWords(config));
    const losses = isPlain ? [fixedNats(floor, 4), fixedNats(gap, 3)] : [];
    return [plain(alpha), plain(on), plain(off), ...losses];
  });
  const head = [
    'α',
    l10n.t('true class'),
    l10n.t('others'),
    ...(isPlain ? [l10n.t('floor'), l10n.t('logit gap')] : []),
  ];
  const some = isPlain
    ? l10n.t('For some values of α, with losses in nats:')
    : l10n.t('For some values of α:');
  return [`${why} ${formula} ${some}`, table(head, rows)].join('\n\n');
}

/** Targets that are probabilities, as they come. */
export function aboutSoft({ config }: Subject): string {
  return config.form === 'kl'
    ? l10n.t(
        'Soft targets: probabilities. The loss is a divergence from them, so it’s 0 where the prediction equals a target that sums to 1.',
      )
    : l10n.t('Soft targets: probabilities. The floor of the loss is their entropy, which isn’t known here.');
}

export function aboutRefused({ config, effect }: Of<'refused'>): string {
  const { range, does } = effect;
  const takes = l10n.t('{0} accepts α in {1}.', code(config.name), intervalText(range));
  const what = REFUSED[does](effect);
  const percent =
    effect.alpha >= 2 && effect.alpha <= 100
      ? l10n.t('If {0} % was meant, α is {1}.', literal(effect.alpha), literal(effect.alpha / 100))
      : '';
  return [takes, what, percent].filter(Boolean).join(' ');
}

const REFUSED: Readonly<Record<Outside, (effect: Of<'refused'>['effect']) => string>> = {
  raises: ({ range, alpha }) =>
    l10n.t('It raises {0}.', code((range.error ?? '').replace('X', String(alpha)))),
  applies: () => l10n.t('It uses the value anyway, so some targets are above 1 or below 0.'),
  nan: () => l10n.t('It returns NaN.'),
  // Not refused: such an α smooths nothing.
  off: () => '',
  unknown: () => '',
};

/** The two most common meanings, side by side. */
export function aboutReadings({ config, effect, classes }: Of<'ambiguous'>): string {
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

export function aboutOther({ effect }: Of<'other'>): string {
  return INSTEAD[effect.instead]();
}

const INSTEAD: Readonly<Record<Extract<Effect, { kind: 'other' }>['instead'], () => string>> = {
  preference: () => l10n.t('Not class smoothing: this is the probability that a preference pair is flipped.'),
  fixed: () => l10n.t('The amount of smoothing is fixed: there is no α.'),
  focal: () => l10n.t('The targets are smoothed inside a focal loss, so its floor differs.'),
};
