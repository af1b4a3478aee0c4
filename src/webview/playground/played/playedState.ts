import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { type GroupedFigures, groupedFigures, logitFor } from '../../../loss/theory/groupedRow.ts';
import type { PlayedState } from '../../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../../protocol/panelSnapshot.ts';
import { shownSum } from '../../../words/shownSum.ts';
import { firstLogits, type PresetName, presetLogits, within } from './answers.ts';
import { columnsOf, mayBeTrue, type PlayedLoss } from './columns.ts';

/** What was done last: it's what the one sentence is about. */
export type Change =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'alpha'; readonly from: number }
  | { readonly kind: 'class' }
  | { readonly kind: 'classes' }
  | { readonly kind: 'preset'; readonly name: PresetName }
  | { readonly kind: 'answer'; readonly column: number };

/** Without code it begins here; what code doesn't say is as here, too. */
const EXAMPLE = { labelSmoothing: 0.1, classes: 5, trueClass: 2 };
/** p moves within this by hand: beyond it logits run away. */
const LEAST_PROBABILITY = 0.002;

export function freshState(
  loss: PlayedLoss,
  config?: Pick<ConfigSnapshot, 'labelSmoothing' | 'classes'>,
): PlayedState {
  const classes = config?.classes ?? EXAMPLE.classes;
  const columns = columnsOf(loss.convention, classes);
  const last = columns.sizes.findLastIndex((_, column) => mayBeTrue(columns, column));
  const trueClass = Math.min(EXAMPLE.trueClass, Math.max(last, 0));
  return {
    labelSmoothing: config?.labelSmoothing ?? EXAMPLE.labelSmoothing,
    classes,
    trueClass,
    logits: firstLogits(columns, trueClass),
  };
}

/** What was kept of before, if it's of this loss: from another version it may be anything. */
export function isStateOf(state: PlayedState | undefined, loss: PlayedLoss): state is PlayedState {
  if (!state) return false;
  const columns = columnsOf(loss.convention, state.classes);
  return (
    Array.isArray(state.logits) &&
    state.logits.length === columns.sizes.length &&
    state.logits.every(Number.isFinite) &&
    mayBeTrue(columns, state.trueClass)
  );
}

/** All there is to draw, in nats. */
export function playedFigures(
  { labelSmoothing, classes, trueClass, logits }: PlayedState,
  loss: PlayedLoss,
): GroupedFigures {
  const { sizes, padding } = columnsOf(loss.convention, classes);
  return groupedFigures({ logits, sizes, trueGroup: trueClass, padding }, { ...loss, labelSmoothing });
}

/** What nats have in the playground: few, and the same as long as something moves, so that nothing jumps where something is dragged. */
export const COST_DECIMALS = 3;

/** The loss and its two parts as they're shown: with more decimals where it takes them, once nothing moves. */
export function costSum({ floor, excess }: Pick<GroupedFigures, 'floor' | 'excess'>, isStill = false) {
  return shownSum(floor, excess, COST_DECIMALS, isStill);
}

/** With as many classes; those that stay keep their logits. */
export function withClasses(state: PlayedState, classes: number, loss: PlayedLoss): PlayedState {
  const columns = columnsOf(loss.convention, classes);
  const trueClass = mayBeTrue(columns, state.trueClass) ? state.trueClass : 0;
  const first = firstLogits(columns, trueClass);
  const before = columnsOf(loss.convention, state.classes);
  const isSame = (column: number) =>
    columns.sizes[column] === before.sizes[column] &&
    (column === columns.padding) === (column === before.padding);
  const logits = first.map((logit, column) => (isSame(column) ? state.logits[column]! : logit));
  return { ...state, classes, trueClass, logits };
}

export function withPreset(state: PlayedState, name: PresetName, loss: PlayedLoss): PlayedState {
  return { ...state, logits: presetLogits(name, state, loss, columnsOf(loss.convention, state.classes)) };
}

/** The preset that this answer is, if it's one. */
export function presetOf(
  state: PlayedState,
  loss: PlayedLoss,
  names: readonly PresetName[],
): PresetName | undefined {
  const columns = columnsOf(loss.convention, state.classes);
  return names.find((name) => {
    const logits = presetLogits(name, state, loss, columns);
    return logits.every((logit, column) => Math.abs(logit - state.logits[column]!) < 1e-9);
  });
}

export function withLogit(state: PlayedState, column: number, logit: number): PlayedState {
  return { ...state, logits: state.logits.with(column, within(logit)) };
}

/** With the logit that gives a column this p; of a column of many classes, each of them. */
export function withProbability(
  state: PlayedState,
  column: number,
  p: number,
  { convention }: PlayedLoss,
): PlayedState {
  const { sizes } = columnsOf(convention, state.classes);
  const most = (1 - LEAST_PROBABILITY) / sizes[column]!;
  const wanted = Math.min(Math.max(p, LEAST_PROBABILITY / sizes[column]!), most);
  const { activation } = CONVENTIONS[convention];
  return withLogit(state, column, logitFor({ logits: state.logits, sizes }, column, wanted, activation));
}
