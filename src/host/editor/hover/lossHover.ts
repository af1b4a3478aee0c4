import { type ColorThemeKind, l10n, type MarkdownString, type TextDocument } from 'vscode';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import { plain } from '../../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../../words/sentences.ts';
import { COMMANDS } from '../../contributions.ts';
import { catalogueWords } from '../../messages/catalogueWords.ts';
import type { KnownClasses } from '../classes/knownClasses.ts';
import {
  alphaReason,
  classesReason,
  conventionWords,
  missingArgument,
  refusedClasses,
} from '../configWords.ts';
import { TARGET_FRAMEWORKS } from '../equivalent/equivalent.ts';
import { type LensTarget, lensTargetOf } from '../lens/codeLens.ts';
import { type Effect, effectOf } from '../lens/smoothingEffect.ts';
import { code, hoverText, link, text } from './hoverMarkdown.ts';
import {
  aboutHard,
  aboutOther,
  aboutReadings,
  aboutRefused,
  aboutSmoothed,
  aboutUnknown,
  moreAboutSmoothed,
} from './hoverSections.ts';
import type { Subject } from './hoverSubject.ts';
import { typical } from './typicalLoss.ts';

/** What a configuration is, does, and what can be done about it. */
export function hoverOf(
  config: LossConfig,
  classes: KnownClasses | null,
  document: TextDocument,
  theme: ColorThemeKind,
): MarkdownString {
  const effect = effectOf(config);
  const subject = { config, effect, classes, theme };
  return hoverText([
    heading(config, effect),
    body(subject),
    links(effect, classes, lensTargetOf(config, document)),
    '---',
    effect.kind === 'smoothed' ? moreAboutSmoothed({ ...subject, effect }) : '',
    [alphaReason(config), classes ? classesReason(classes) : '', refusedClasses(config)]
      .flatMap((each) => (each ? [text(each)] : []))
      .join(' · '),
    effect.kind === 'smoothed' ? typical(effect.alpha) : '',
    remarks(config),
  ]);
}

/** Stands where a hover can't be made. */
export function brokenHover(reason: string): MarkdownString {
  return hoverText([text(l10n.t('This loss can’t be displayed: {0}', reason))]);
}

function heading({ name, framework, convention, conventionBy, alpha }: LossConfig, effect: Effect): string {
  const value = effect.kind === 'hard' ? 0 : effect.kind === 'no-argument' ? undefined : alpha.value;
  const amount = value === undefined ? `α = ${code(alpha.text ?? '?')}` : `**α = ${plain(value)}**`;
  const title = [amount, code(name), ...(framework ? [text(framework)] : [])].join(' · ');
  if (convention === null || effect.kind === 'hard' || effect.kind === 'no-argument') return title;
  return `${title}  \n${meaning(convention, conventionBy)}`;
}

/** What α means here, and what that rests on unless the framework says it. */
function meaning(convention: ConventionName, by: LossConfig['conventionBy']): string {
  const [name, words] = [code(convention), conventionWords(convention)];
  if (by === 'name') return l10n.t('{0}, judging by its name: {1}.', name, words);
  return by === 'formula'
    ? l10n.t('{0}, according to its formula: {1}.', name, words)
    : l10n.t('{0}: {1}.', name, words);
}

function body(subject: Subject): string {
  return sentenceFrom(BODIES, 'kind', subject.effect, subject);
}

const BODIES: Sentences<'kind', Effect, [subject: Subject]> = {
  smoothed: (effect, subject) => aboutSmoothed({ ...subject, effect }),
  hard: (_, subject) => aboutHard(subject),
  'no-argument': ({ argument }, { config }) => missingArgument(code(config.name), code(argument)),
  unknown: (effect, subject) => aboutUnknown({ ...subject, effect }),
  refused: (effect, subject) => aboutRefused({ ...subject, effect }),
  ambiguous: (effect, subject) => aboutReadings({ ...subject, effect }),
  other: (effect, subject) => aboutOther({ ...subject, effect }),
};

/** What else makes this loss another number. */
function remarks({ weighted, entry, loss }: LossConfig): string {
  const reduction = loss.reduction ?? entry?.reduction;
  const lines = [
    weighted && entry?.weights === 'target'
      ? l10n.t(
          'Class weights multiply the smoothed targets, which changes the floor and the best prediction.',
        )
      : '',
    entry?.focal || entry?.beyond
      ? l10n.t('The loss has terms besides the cross-entropy, so its floor differs.')
      : '',
    reduction === 'sum'
      ? l10n.t('The losses here are per row; with this reduction they’re summed over all rows.')
      : '',
    ...[entry?.versions ?? '', ...(entry?.notes ?? [])].filter(Boolean).map(catalogueWords),
  ].filter(Boolean);
  return lines.map((line) => `- ${line}`).join('\n');
}

function links(effect: Effect, classes: KnownClasses | null, target: LensTarget): string {
  if (effect.kind === 'other') return '';
  const set = classes ? l10n.t('Change K…') : l10n.t('Set K…');
  const parts = [
    link(`$(graph) ${l10n.t('Open the panel')}`, COMMANDS.openConfig, target),
    link(`$(edit) ${set}`, COMMANDS.setClasses, target),
  ];
  if (effect.kind === 'smoothed') {
    const copies = TARGET_FRAMEWORKS.map((name) => link(name, COMMANDS.copyEquivalent, target, name));
    parts.push(`$(copy) ${l10n.t('Copy for {0}', copies.join(', '))}`);
  }
  return parts.join(' &nbsp; ');
}
