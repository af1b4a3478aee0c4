import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import type { PlayedState } from '../../../protocol/panelKept.ts';
import type { BarColumns, PlayedLoss } from './columns.ts';

export const PRESETS = ['unsure', 'right', 'sure', 'wrong'] as const;

export type PresetName = (typeof PRESETS)[number];

/** Logits stay within this of 0: far enough for the targets of any K there is. */
export const MOST_LOGIT = 30;
/** Stands for the infinite logit that a hard target asks for. */
const LARGE_LOGIT = 12;

/** The true class, and the others in turn, before anything is tried: an answer that is right, though not sure. */
const FIRST = { own: 2, others: [0.9, -0.2, -0.6, -1, -0.9, -1.2, -0.5, -1.4, -0.8, -1.1] };
/** The other classes aren't all alike: nobody's are. */
const UNEVEN = [0.4, -0.1, 0.2, -0.3, 0.1];

/** What the network says at first. */
export function firstLogits(columns: BarColumns, trueClass: number): number[] {
  let next = 0;
  return spread(columns, (column) =>
    column === trueClass ? FIRST.own : FIRST.others[next++ % FIRST.others.length]!,
  );
}

/** The logits of an answer to start from. */
export function presetLogits(
  name: PresetName,
  { labelSmoothing, classes, trueClass }: Omit<PlayedState, 'logits'>,
  { convention }: PlayedLoss,
  columns: BarColumns,
): number[] {
  const softmax = CONVENTIONS[convention].activation === 'softmax';
  const uneven = (column: number) => UNEVEN[column % UNEVEN.length]!;
  switch (name) {
    case 'unsure':
      return columns.sizes.map(() => 0);
    case 'right': {
      const { off, gap } = specFiguresOf(convention, labelSmoothing, classes, 'ce');
      const other = softmax ? 0 : Math.log(off) - Math.log1p(-off);
      return columns.sizes.map((_, column) =>
        within(column === trueClass ? gap : column === columns.padding ? -MOST_LOGIT : other),
      );
    }
    case 'sure':
      return spread(columns, (column) => (column === trueClass ? 7 : uneven(column) - (softmax ? 0 : 7)));
    case 'wrong': {
      const mistaken = mistakenColumn(columns, trueClass);
      const low = softmax ? 0 : -3;
      return spread(columns, (column) =>
        column === mistaken ? 3.4 : column === trueClass ? 0.9 + low : uneven(column) + low,
      );
    }
  }
}

/** The class that is mistaken for the true one: the next of those that stand alone. */
export function mistakenColumn({ sizes, padding }: BarColumns, trueClass: number): number {
  const others = sizes.flatMap((size, column) =>
    size === 1 && column !== padding && column !== trueClass ? [column] : [],
  );
  return others.find((column) => column > trueClass) ?? others[0]!;
}

/** A logit as far as it may go. */
export function within(logit: number): number {
  if (!Number.isFinite(logit)) return Math.sign(logit) * LARGE_LOGIT;
  return Math.min(Math.max(logit, -MOST_LOGIT), MOST_LOGIT);
}

/** Many classes together get what one of them would: else a thousand would drown the few that are seen. */
function spread({ sizes }: BarColumns, logitOf: (column: number) => number): number[] {
  return sizes.map((size, column) => {
    const logit = logitOf(column);
    return size > 1 ? within(Number((logit - Math.log(size)).toFixed(2))) : logit;
  });
}
