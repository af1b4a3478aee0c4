import { CodeLens, type Command, l10n, type Range, type TextDocument } from 'vscode';
import { claimsOf } from '../../../analysis/claims/lossClaims.ts';
import { type Effect, effectOf, trustedConvention } from '../../../analysis/claims/smoothingEffect.ts';
import type { KnownClasses } from '../../../analysis/classes/knownClasses.ts';
import type { LossConfig, UnknownAlpha } from '../../../analysis/lossConfig.ts';
import { labelText } from '../../../escape/label.ts';
import { ignoresClasses, specFiguresOf } from '../../../loss/theory/specFigures.ts';
import { clippedCode } from '../../../words/clipped.ts';
import { fixedNats, plain } from '../../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../../words/sentences.ts';
import { COMMANDS } from '../../contributions.ts';
import {
  aloneWords,
  alphaReason,
  callersWords,
  classesReason,
  refusal,
  refusedClasses,
  severalWords,
  unknownReason,
} from '../configWords.ts';

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
  const says = lensText(config, classes);
  if (effect.kind === 'hard')
    return [
      lens(
        l10n.t('hard targets · Smooth labels'),
        COMMANDS.openConfig,
        l10n.t('Show what smoothing would change here'),
      ),
    ];
  if (effect.kind === 'soft') return [new CodeLens(range, { title: says, command: '' }), open];
  const reason = effect.kind === 'unknown' ? unknownReason(effect.why) : alphaReason(config);
  const why = [reason, classes && classesReason(classes), refusedClasses(config)];
  const tooltip = why.flatMap((each) => (each ? [labelText(each)] : [])).join('\n');
  const what = new CodeLens(range, { title: says, command: '', tooltip });
  if (effect.kind === 'other') return [what];
  // Where a default stands there's no loss to look at.
  if (effect.kind === 'callers' && config.kind !== 'call') return [what];
  if (effect.kind === 'no-argument') return [what, open];
  const needsClasses = effect.kind !== 'smoothed' || !ignoresClasses(effect.convention);
  const set = lens(
    l10n.t('Set K…'),
    COMMANDS.setClasses,
    l10n.t('The number of classes K can’t be inferred from the code'),
  );
  return [what, ...(needsClasses && !classes ? [set] : []), open];
}

/** What the lens of a configuration says first. */
export function lensText(config: LossConfig, classes: KnownClasses | null): string {
  return labelText(textOf(effectOf(config), config, classes));
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
  soft: () => l10n.t('soft targets'),
  unknown: ({ why }, { classes, config, k }) =>
    [unknownText(why, config), ...(classes ? [k] : [])].join(' · '),
  callers: ({ alpha }, known) => callersText(alpha, known),
  several: ({ values }, { classes, k }) => [severalWords(values), ...(classes ? [k] : [])].join(' · '),
  refused: (effect) => l10n.t('α {0} · {1}', plain(effect.alpha), refusal(effect)),
  ambiguous: ({ alpha }, { classes, config }) => ambiguousText(alpha, classes, config),
  smoothed: smoothedText,
  executed: executedText,
  pending: ({ alpha }, { k }) =>
    alpha === null
      ? l10n.t('{0} · not run yet', k)
      : l10n.t('{0} · {1} · not run yet', l10n.t('α {0}', plain(alpha)), k),
};

/** Of what no convention has: as far as running it with this K told. */
function executedText(
  { alpha }: Extract<Effect, { kind: 'executed' }>,
  { config, classes, k }: Known,
): string {
  const { targets, floor } = claimsOf(config, classes?.value ?? null);
  const amount = alpha === null ? l10n.t('smoothed') : l10n.t('α {0}', plain(alpha));
  const shown =
    targets === null || targets === 'soft'
      ? l10n.t('{0} · {1}', amount, k)
      : l10n.t('{0} · {1} → {2} / {3}', amount, k, plain(targets.on), plain(targets.off));
  return floor === null ? shown : `${shown} · ${l10n.t('floor {0} nats', fixedNats(floor, 3))}`;
}

function smoothedText({ alpha }: Extract<Effect, { kind: 'smoothed' }>, known: Known): string {
  return figuresText(l10n.t('α {0}', plain(alpha)), known);
}

/** `amount` says α; then come the targets and the floor, as far as they're known. */
function figuresText(amount: string, { config, classes, k }: Known): string {
  const { effect, targets, floor } = claimsOf(config, classes?.value ?? null);
  if (effect.kind !== 'smoothed') return l10n.t('{0} · {1}', amount, k);
  const anyClasses = ignoresClasses(effect.convention);
  if (!classes && !anyClasses) return l10n.t('{0} · {1}', amount, k);
  if (specFiguresOf(effect.convention, effect.alpha, classes?.value ?? 2, 'ce').alone)
    return l10n.t('{0} · {1} · {2}', amount, k, aloneWords(effect.convention));
  if (targets === 'soft') return l10n.t('{0} · {1} · soft targets', amount, k);
  const shown =
    targets === null
      ? l10n.t('{0} · {1}', amount, k)
      : anyClasses
        ? l10n.t('{0} → {1} / {2}', amount, plain(targets.on), plain(targets.off))
        : l10n.t('{0} · {1} → {2} / {3}', amount, k, plain(targets.on), plain(targets.off));
  return floor === null ? shown : `${shown} · ${l10n.t('floor {0} nats', fixedNats(floor, 3))}`;
}

/** "α unknown: **options may contain it" */
function unknownText(why: UnknownAlpha, { alpha }: LossConfig): string {
  // An expression says more than where its value would be from, which the tooltip has.
  const expression = why.kind === 'value' ? why.name : why.kind === 'import' ? alpha.text : null;
  if (expression !== null) return l10n.t('α = {0} (value unknown)', clippedCode(expression, MOST_LETTERS));
  const name = clippedCode(why.name, MOST_LETTERS);
  return l10n.t('α unknown: {0}', unknownReason({ ...why, name, place: null }));
}

/** "α from the caller (default 0.1) · K 10": with the default's targets where there is one that smooths. */
function callersText(alpha: number | null, known: Known): string {
  const { config, classes, k } = known;
  const who = callersWords(config, alpha);
  const convention = trustedConvention(config);
  const isShown = alpha !== null && alpha > 0 && convention !== null && config.form !== null;
  // What it would be if nobody sets it: said of the default, which is named in front.
  if (isShown)
    return figuresText(who, { ...known, config: { ...config, alpha: { ...config.alpha, state: 'known' } } });
  return classes ? l10n.t('{0} · {1}', who, k) : who;
}

/** Most frameworks read a shared key as PyTorch does; of a function whose code isn't understood nobody knows. */
function ambiguousText(alpha: number, classes: KnownClasses | null, { kind }: LossConfig): string {
  if (!classes) return l10n.t('α {0}', plain(alpha));
  if (kind === 'call' || kind === 'object') return l10n.t('α {0} · K {1}', plain(alpha), classes.value);
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
