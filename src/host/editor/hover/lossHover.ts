import { type ColorThemeKind, l10n, type MarkdownString, type TextDocument } from 'vscode';
import { sameLoss } from '../../../analysis/claims/executedAsUniform.ts';
import { type Effect, effectOf, trustedConvention } from '../../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { TARGET_FRAMEWORKS } from '../../../frameworks/equivalent.ts';
import { executedWords } from '../../../problems/executedWords.ts';
import { missingArgument } from '../../../problems/findingMessages.ts';
import { plain } from '../../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../../words/sentences.ts';
import { COMMANDS } from '../../contributions.ts';
import { alphaReason, classesReason, conventionWords, formWords, refusedClasses } from '../configWords.ts';
import { type LensTarget, lensTargetOf } from '../lens/codeLens.ts';
import { aboutHard } from './aboutHard.ts';
import { aboutOther, aboutReadings, aboutRefused, aboutSoft } from './aboutOthers.ts';
import { aboutSmoothed, moreAboutSmoothed } from './aboutSmoothed.ts';
import { aboutCallers, aboutSeveral, aboutUnknown } from './aboutUnknown.ts';
import { aboutExecuted } from './executedHover.ts';
import { isAlone } from './forSomeClasses.ts';
import { code, hoverText, labLink, link, text } from './hoverMarkdown.ts';
import type { Subject } from './hoverSubject.ts';
import { remarks } from './lossRemarks.ts';
import { typical } from './typicalLoss.ts';

/** Between links. */
const SPACE = ' &nbsp; ';

/** What a configuration is, does, and what can be done about it. */
export function hoverOf(
  config: LossConfig,
  classes: KnownClasses | null,
  document: TextDocument,
  theme: ColorThemeKind,
): MarkdownString {
  const effect = effectOf(config);
  const subject = { config, effect, classes, theme };
  const isSmoothed = effect.kind !== 'hard' && effect.kind !== 'soft' && !isAlone(effect, classes);
  const more = [
    effect.kind === 'smoothed' ? moreAboutSmoothed({ ...subject, effect }) : '',
    [alphaReason(config), classes ? classesReason(classes) : '', refusedClasses(config)]
      .flatMap((each) => (each ? [text(each)] : []))
      .join(' · '),
    effect.kind === 'smoothed' ? typical(effect.alpha) : '',
    remarks(config, effect, isSmoothed),
    effect.kind === 'other' ? '' : learnLinks(),
  ].filter((each) => each !== '');
  return hoverText([
    heading(config, effect),
    body(subject),
    text(executedWords(config)),
    links(config, effect, classes, lensTargetOf(config, document)),
    ...(more.length > 0 ? ['---', ...more] : []),
  ]);
}

/** Stands where a hover can't be made. */
export function brokenHover(reason: string): MarkdownString {
  return hoverText([text(l10n.t('This loss can’t be displayed: {0}', reason))]);
}

function heading(config: LossConfig, effect: Effect): string {
  const { name, framework } = config;
  const title = [...amount(config, effect), code(name), ...(framework ? [text(framework)] : [])].join(' · ');
  const convention = trustedConvention(config);
  const isPlain = effect.kind === 'hard' || effect.kind === 'soft' || effect.kind === 'no-argument';
  if (convention === null || isPlain || effect.kind === 'ambiguous') return title;
  return `${title}  \n${conventionWords(convention)}`;
}

function amount({ alpha }: LossConfig, effect: Effect): readonly string[] {
  if (effect.kind === 'soft') return [`**${l10n.t('soft targets')}**`];
  if (effect.kind === 'callers' || effect.kind === 'several') return [`α = ${code(alpha.text ?? '?')}`];
  // What isn't class smoothing has no α.
  if (effect.kind === 'other' && effect.instead === 'fixed') return [];
  if (effect.kind === 'other' && effect.instead === 'preference')
    return alpha.value === undefined ? [] : [`**${plain(alpha.value)}**`];
  const value = effect.kind === 'hard' ? 0 : effect.kind === 'no-argument' ? undefined : alpha.value;
  return [value === undefined ? `α = ${code(alpha.text ?? '?')}` : `**α = ${plain(value)}**`];
}

function body(subject: Subject): string {
  return sentenceFrom(BODIES, 'kind', subject.effect, subject);
}

const BODIES: Sentences<'kind', Effect, [subject: Subject]> = {
  smoothed: (effect, subject) => aboutSmoothed({ ...subject, effect }),
  hard: (_, subject) => aboutHard(subject),
  soft: (_, subject) => aboutSoft(subject),
  callers: (effect, subject) => aboutCallers({ ...subject, effect }),
  several: (effect, subject) => aboutSeveral({ ...subject, effect }),
  'no-argument': ({ argument }, { config }) => missingArgument(code(config.name), code(argument)),
  unknown: (effect, subject) => aboutUnknown({ ...subject, effect }),
  refused: (effect, subject) => aboutRefused({ ...subject, effect }),
  ambiguous: (effect, subject) => aboutReadings({ ...subject, effect }),
  other: (effect, subject) => aboutOther({ ...subject, effect }),
  pending: () => '',
  executed: (effect, subject) => aboutExecuted({ ...subject, effect }),
};

/** Short pages on what a loss like this is about. */
function learnLinks(): string {
  const pages = [
    link(l10n.t('what smoothing does'), COMMANDS.openDocs, 'label-smoothing'),
    link(l10n.t('in code, and what goes wrong'), COMMANDS.openDocs, 'implementations'),
    link(l10n.t('typical values'), COMMANDS.openDocs, 'typical-values'),
  ];
  return `$(book) ${l10n.t('Learn more: {0}', pages.join(' · '))}`;
}

function links(config: LossConfig, effect: Effect, classes: KnownClasses | null, target: LensTarget): string {
  if (effect.kind === 'other') return '';
  const set = classes ? l10n.t('Change K…') : l10n.t('Set K…');
  const isOnlyOne = isAlone(effect, classes);
  const parts = [
    // With one class there's nothing to play with.
    ...(isOnlyOne
      ? []
      : [link(`$(beaker) ${l10n.t('Try it in the playground')}`, COMMANDS.openPlayground, target)]),
    link(`$(graph) ${l10n.t('Open the panel')}`, COMMANDS.openConfig, target),
    link(`$(edit) ${set}`, COMMANDS.setClasses, target),
  ];
  if (isOnlyOne) return parts.join(SPACE);
  if (sameLoss(config, effect, classes?.value ?? null, formWords(config))) {
    const copies = TARGET_FRAMEWORKS.map((name) => link(name, COMMANDS.copyEquivalent, target, name));
    parts.push(`$(copy) ${l10n.t('Copy for {0}', copies.join(', '))}`);
  }
  const line = parts.join(SPACE);
  if (effect.kind !== 'smoothed') return line;
  // There's no room beside the others: its icon would be left behind.
  return `${line}  \n${labLink(`$(pulse) ${l10n.t('Watch training in the lab')}`)}`;
}
