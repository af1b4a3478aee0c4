import * as l10n from '@vscode/l10n';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import type { GroupedFigures } from '../../../loss/theory/groupedRow.ts';
import type { PlayedState } from '../../../protocol/panelKept.ts';
import { count, plain } from '../../../words/numberFormat.ts';
import { type Sentences, sentenceFrom } from '../../../words/sentences.ts';
import { mistakenColumn, type PresetName } from './answers.ts';
import { barName, shortProbability } from './barNames.ts';
import { type BarColumns, otherColumn, type PlayedLoss } from './columns.ts';
import { type Change, costSum } from './playedState.ts';

/** What a word of the sentence is about: it has the colour of that mark. */
type PartKind = 'target' | 'prediction' | 'floor' | 'excess' | 'plain';

/** One sentence with a `{name}` for each of its parts. */
export interface SaidChange {
  readonly text: string;
  readonly parts: Readonly<Record<string, { readonly text: string; readonly kind: PartKind }>>;
}

export interface Played {
  readonly state: PlayedState;
  readonly loss: PlayedLoss;
  readonly columns: BarColumns;
  readonly figures: GroupedFigures;
}

/** Nearer than this nothing is seen to pull. */
const SAME = 5e-5;
const ALMOST_SAME = 0.005;

/** Whether a probability is seen to be pulled to what is asked for. */
export function pulls(p: number, target: number): boolean {
  return Math.abs(p - target) >= SAME;
}

/** What was just done, and what came of it: true for every α and convention. */
export function whatChanged(change: Change, played: Played): SaidChange {
  const { state, columns, figures } = played;
  const { trueClass } = state;
  const other = otherColumn(columns, trueClass);
  const column = change.kind === 'answer' ? change.column : trueClass;
  const name = (of: number) => ({ text: barName(columns, of), kind: 'plain' }) as const;
  const target = (of: number) => ({ text: plain(figures.targets[of]!), kind: 'target' }) as const;
  return {
    text: sentenceFrom(SENTENCES, 'kind', change, played),
    parts: {
      alpha: { text: 'α', kind: 'target' },
      sure: { text: presetWords('sure'), kind: 'plain' },
      name: name(trueClass),
      on: target(trueClass),
      off: target(other),
      column: name(column),
      p: { text: shortProbability(figures.probabilities[column]!), kind: 'prediction' },
      q: target(column),
      mistaken: name(mistakenColumn(columns, trueClass)),
      floor: { text: costSum(figures).first, kind: 'floor' },
      up: { text: l10n.t('up'), kind: 'excess' },
      down: { text: l10n.t('down'), kind: 'excess' },
    },
  };
}

/** The sentence as it's read aloud. */
export function spoken({ text, parts }: SaidChange): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => parts[name]?.text ?? '');
}

export function presetWords(name: PresetName): string {
  switch (name) {
    case 'unsure':
      return l10n.t('Unsure');
    case 'right':
      return l10n.t('Just right');
    case 'sure':
      return l10n.t('Too sure');
    case 'wrong':
      return l10n.t('Wrong');
  }
}

const SENTENCES: Sentences<'kind', Change, [played: Played]> = {
  nothing: (_, { state }) =>
    state.labelSmoothing === 0
      ? l10n.t('These are hard labels: α = 0. Drag {alpha} and watch the target y′ change.')
      : l10n.t(
          'Drag {alpha} and watch the target y′ change. Then press {sure}: which way does the arrow of “{name}” point?',
        ),
  alpha: ({ from }, { state: { labelSmoothing: alpha, trueClass }, figures: { targets }, columns }) => {
    const [on, off] = [targets[trueClass]!, targets[otherColumn(columns, trueClass)]!];
    if (alpha === 0)
      return l10n.t('α = 0, hard labels: the target of “{name}” is {on}, that of every other class {off}.');
    if (Math.abs(on - off) < 1e-9)
      return l10n.t(
        'Nothing is left of the label: the target of every class is {on}, so the true class no longer matters.',
      );
    if (on < off)
      return l10n.t(
        'The label is reversed: the target of “{name}” is {on}, and that of every other class is higher: {off}.',
      );
    return from < alpha
      ? l10n.t(
          'More smoothing than before: the target of “{name}” is now {on}, that of every other class {off}. (Hard labels: 1 and 0.)',
        )
      : l10n.t(
          'Less smoothing than before: the target of “{name}” is now {on}, that of every other class {off}. (Hard labels: 1 and 0.)',
        );
  },
  class: () =>
    l10n.t(
      '“{name}” is the true class now. The network’s answer hasn’t changed, but what it’s asked for has.',
    ),
  classes: (_, { state: { classes, labelSmoothing }, loss }) =>
    loss.convention === 'UNIFORM_K' && labelSmoothing > 0
      ? l10n.t(
          '{0} classes: the same α is cut into {0} slices of {off}, so “{name}” ends at {on}.',
          count(classes),
        )
      : l10n.t(
          '{0} classes: the target of “{name}” is {on}, that of every other class {off}.',
          count(classes),
        ),
  preset: ({ name }, played) => PRESET_SENTENCES[name](played),
  answer: ({ column }, played) => answerSentence(column, played),
};

const PRESET_SENTENCES: Readonly<Record<PresetName, (played: Played) => string>> = {
  unsure: ({ state: { trueClass }, figures: { targets, probabilities }, columns }) => {
    const p = probabilities[trueClass]!;
    const isUsual = targets[trueClass]! > p && targets[otherColumn(columns, trueClass)]! < p;
    return isUsual
      ? l10n.t(
          'Nothing learnt yet: {p} for every class. One arrow points up, for “{name}”; all others point down.',
        )
      : l10n.t('Nothing learnt yet: {p} for every class.');
  },
  right: ({ state, figures: { floor, excess } }) => {
    if (excess > SAME || state.labelSmoothing === 0)
      return l10n.t(
        'With α = 0 nothing is ever just right: the target is 1, and no finite logit gives that. The arrow gets short, but it stays.',
      );
    return floor > SAME
      ? l10n.t(
          'Exactly as asked: no arrow is left, so there’s nothing more to learn from this example. The loss is still {floor}, not 0: that’s its floor.',
        )
      : l10n.t(
          'Exactly as asked: no arrow is left, so there’s nothing more to learn from this example. This form of the loss is 0 here.',
        );
  },
  sure: ({ state: { trueClass, labelSmoothing }, figures: { targets, probabilities } }) => {
    if (probabilities[trueClass]! > targets[trueClass]! + SAME)
      return l10n.t(
        'Right, but too sure: {p} is more than its target, {on}, so training lowers it. The arrow points {down}.',
      );
    return labelSmoothing === 0
      ? l10n.t('With α = 0 there’s no “too sure”: at {p} the arrow still points {up}.')
      : l10n.t(
          'With so little smoothing this isn’t too sure: the target is {on}, so at {p} the arrow still points {up}.',
        );
  },
  wrong: ({ state: { labelSmoothing } }) =>
    labelSmoothing <= 0.3
      ? l10n.t(
          'Sure of “{mistaken}”, though the true class is “{name}”. The two long arrows show what this mistake teaches; smoothing hardly changes them.',
        )
      : l10n.t('Sure of “{mistaken}”, though the true class is “{name}”.'),
};

function answerSentence(
  column: number,
  { state: { trueClass }, figures: { targets, probabilities }, loss }: Played,
): string {
  const [p, q] = [probabilities[column]!, targets[column]!];
  if (!pulls(p, q))
    return l10n.t('“{column}” says {p}, and its target is {q}: training no longer pushes its logit.');
  if (Math.abs(p - q) < ALMOST_SAME)
    return l10n.t('“{column}” says {p}, and its target is {q}: training hardly pushes its logit any more.');
  const isRight =
    CONVENTIONS[loss.convention].activation === 'sigmoid'
      ? p > 0.5
      : probabilities.every((each) => each <= p);
  if (column === trueClass && p > q && isRight)
    return l10n.t(
      '“{column}” says {p}, more than the {q} it’s asked for. The arrow points {down}: smoothing calls this too sure, though it’s right.',
    );
  return p < q
    ? l10n.t('“{column}” says {p}, and its target is {q}: training pushes its logit {up}.')
    : l10n.t('“{column}” says {p}, and its target is {q}: training pushes its logit {down}.');
}
