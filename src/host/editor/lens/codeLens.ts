import { CodeLens, type Command, l10n, type Range, type TextDocument } from 'vscode';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { labelText } from '../../../escape/label.ts';
import { ignoresClasses, specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { clippedCode } from '../../../words/clipped.ts';
import { fixedNats, plain } from '../../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../../words/sentences.ts';
import { COMMANDS } from '../../contributions.ts';
import type { KnownClasses } from '../classes/knownClasses.ts';
import {
  aloneWords,
  alphaReason,
  classesReason,
  formWords,
  hasFloor,
  refusal,
  refusedClasses,
} from '../configWords.ts';
import { type Effect, effectOf } from './smoothingEffect.ts';

/** Of code in a lens. */
const MOST_LETTERS = 40;

/** Which lenses there are: the setting `smoothLabels.codeLens`. */
export type LensSetting = 'all' | 'smoothed' | 'off';

/** What a lens or a link gives a command: where the callee begins. */
export interface LensTarget {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

export function lensTargetOf(config: LossConfig, document: TextDocument): LensTarget {
  const { line, character } = document.positionAt(config.callee.from);
  return { uri: document.uri.toString(), line, character };
}

/** The lenses above one configuration: what it does, and what can be done about it. */
export function lensesOf(
  config: LossConfig,
  classes: KnownClasses | null,
  document: TextDocument,
  setting: Exclude<LensSetting, 'off'>,
): CodeLens[] {
  const effect = effectOf(config);
  if (effect.kind === 'hard' && setting === 'smoothed') return [];
  const range: Range = document.lineAt(config.line).range;
  const target = lensTargetOf(config, document);
  const lens = (title: string, command: string, tooltip: string) =>
    new CodeLens(range, { title, tooltip, command, arguments: [target] } satisfies Command);
  const open = lens(l10n.t('Smooth labels'), COMMANDS.openConfig, l10n.t('Open the panel for this loss'));
  const says = labelText(textOf(effect, config, classes));
  if (effect.kind === 'hard')
    return [
      lens(
        l10n.t('hard targets · Smooth labels'),
        COMMANDS.openConfig,
        l10n.t('Show what smoothing would change here'),
      ),
    ];
  const why = [alphaReason(config), classes && classesReason(classes), refusedClasses(config)];
  const tooltip = why.flatMap((each) => (each ? [labelText(each)] : [])).join('\n');
  const what = new CodeLens(range, { title: says, command: '', tooltip });
  if (effect.kind === 'other') return [what];
  if (effect.kind === 'no-argument') return [what, open];
  const needsClasses = effect.kind !== 'smoothed' || !ignoresClasses(effect.convention);
  const set = lens(
    l10n.t('Set K…'),
    COMMANDS.setClasses,
    l10n.t('The number of classes K can’t be inferred from the code'),
  );
  return [what, ...(needsClasses && !classes ? [set] : []), open];
}

/** Stands where the lenses of a configuration can't be made. */
export function brokenLens(line: number, reason: string, document: TextDocument): CodeLens[] {
  if (line >= document.lineCount) return [];
  const title = l10n.t('This loss can’t be displayed: {0}', reason);
  return [new CodeLens(document.lineAt(line).range, { title, command: '' })];
}

/** "α 0.1 · K 10 → 0.91 / 0.01 · floor 0.500 nats", as far as it's known. */
function textOf(effect: Effect, config: LossConfig, classes: KnownClasses | null): string {
  const k = classes ? l10n.t('K {0}', classes.value) : l10n.t('K unknown');
  return sentenceFrom(LENS_TEXTS, 'kind', effect, { config, classes, k });
}

interface Known {
  readonly config: LossConfig;
  readonly classes: KnownClasses | null;
  /** "K 10" */
  readonly k: string;
}

const LENS_TEXTS: Sentences<'kind', Effect, [known: Known]> = {
  hard: () => l10n.t('hard targets'),
  other: ({ instead }, { config }) => OTHER_TEXTS[instead](config),
  'no-argument': ({ argument }) => l10n.t('no argument {0} · raises TypeError', argument),
  unknown: ({ text }, { classes, k }) =>
    [l10n.t('α = {0} (value unknown)', clippedCode(text, MOST_LETTERS)), ...(classes ? [k] : [])].join(' · '),
  refused: (effect) => l10n.t('α {0} · {1}', plain(effect.alpha), refusal(effect)),
  ambiguous: ({ alpha }, { classes }) => ambiguousText(alpha, classes),
  smoothed: smoothedText,
};

function smoothedText(
  { alpha, convention }: Extract<Effect, { kind: 'smoothed' }>,
  { config, classes, k }: Known,
): string {
  const anyClasses = ignoresClasses(convention);
  if (!classes && !anyClasses) return l10n.t('α {0} · {1}', plain(alpha), k);
  const { on, off, floor, alone } = specFiguresOf(convention, alpha, classes?.value ?? 2, formWords(config));
  if (alone) return l10n.t('α {0} · {1} · {2}', plain(alpha), k, aloneWords(convention));
  const targets = l10n.t('α {0} · {1} → {2} / {3}', plain(alpha), k, plain(on), plain(off));
  const shown = anyClasses ? l10n.t('α {0} → {1} / {2}', plain(alpha), plain(on), plain(off)) : targets;
  return hasFloor(config) ? `${shown} · ${l10n.t('floor {0} nats', fixedNats(floor, 3))}` : shown;
}

/** Most frameworks read α as PyTorch does. */
function ambiguousText(alpha: number, classes: KnownClasses | null): string {
  if (!classes) return l10n.t('α {0}', plain(alpha));
  const { on, off, alone } = specFiguresOf('UNIFORM_K', alpha, classes.value, 'ce');
  if (alone) return l10n.t('α {0} · K {1} · {2}', plain(alpha), classes.value, aloneWords('UNIFORM_K'));
  return l10n.t(
    'α {0} · K {1} → {2} / {3} under PyTorch’s definition',
    plain(alpha),
    classes.value,
    plain(on),
    plain(off),
  );
}

type Instead = Extract<Effect, { kind: 'other' }>['instead'];

const OTHER_TEXTS: Readonly<Record<Instead, (config: LossConfig) => string>> = {
  preference: (config) =>
    l10n.t('{0}: probability of a flipped preference, not class smoothing', amountOf(config)),
  fixed: () => l10n.t('fixed amount of smoothing'),
  focal: (config) => l10n.t('α {0} inside a focal loss', amountOf(config)),
};

function amountOf({ alpha }: LossConfig): string {
  return alpha.value === undefined ? (alpha.text ?? '?') : plain(alpha.value);
}
