import * as l10n from '@vscode/l10n';
import type { BatchFigures } from '../../loss/batch/batchFigures.ts';
import { nats, PENDING_TEXT, UNKNOWN_TEXT } from '../../words/numberFormat.ts';
import { equalsSign, numberIn } from '../../words/readNumber.ts';
import { trueSum } from '../../words/trueSum.ts';
import { excessMeaning, floorMeaning } from '../explain/definitions.ts';
import { Figure } from '../widgets/figure.tsx';
import { ReservedWidth } from '../widgets/reservedWidth.tsx';
import { Sentence } from '../widgets/sentence.tsx';

interface Props {
  readonly figures: Pick<BatchFigures, 'loss' | 'floor' | 'excess' | 'nll' | 'uniform'>;
  readonly shown: ShownParts;
  readonly isPending: boolean;
}

/** The loss as a sum: what can't be avoided, and what is left to learn. Nothing where it isn't a number. */
export function LossParts({ figures, shown, isPending }: Props) {
  const { loss, floor, excess, nll, uniform } = figures;
  if (!Number.isFinite(loss)) return null;
  // No part of the loss is more than it is at one of the ends of α.
  const widest = nats(Math.max(...[nll, uniform, 0].filter(Number.isFinite)));
  const instead = isPending ? PENDING_TEXT : UNKNOWN_TEXT;
  return (
    <span class="formula" aria-busy={isPending}>
      <Sentence
        text={l10n.t('{loss} {sign} {floor} that can’t be avoided + {excess} left to learn')}
        parts={{
          loss: <ReservedWidth widest={widest}>{shown.loss}</ReservedWidth>,
          sign: <ReservedWidth widest="≈">{shown.sign}</ReservedWidth>,
          floor: (
            <Figure
              name="floor"
              value={floor}
              isPending={isPending}
              widest={widest}
              title={floorMeaning()}
              shown={shown.floor ?? instead}
            />
          ),
          excess: (
            <Figure
              name="excess"
              value={excess}
              isPending={isPending}
              widest={widest}
              title={excessMeaning()}
              shown={shown.excess ?? instead}
            />
          ),
        }}
      />
    </span>
  );
}

/** A loss and what it's the sum of, as they're read. */
export interface ShownParts {
  readonly loss: string;
  readonly sign: string;
  /** Absent where it isn't known, or not yet. */
  readonly floor?: string;
  readonly excess?: string;
  /** What each has, if it isn't what any loss has. */
  readonly decimals?: number;
}

/**
 * These numbers, true as they're read: with more digits where rounding doesn't add up, or, where those aren't to be had (α is just
 * dragged, or printing rounded the logits), as nearly equal.
 */
export function shownParts(
  { loss, floor, excess }: Pick<BatchFigures, 'loss' | 'floor' | 'excess'>,
  mayHaveMore: boolean,
): ShownParts {
  if (floor === undefined || excess === undefined) return { loss: nats(loss), sign: '=' };
  const rough = { loss: nats(loss), floor: short(floor), excess: short(excess) };
  const sign = signOf(rough);
  if (sign === '=' || !mayHaveMore || !Number.isFinite(excess)) return { ...rough, sign };
  const { total, first, second, decimals } = trueSum(floor, excess);
  const exact = { loss: total, floor: first, excess: second };
  return { ...exact, sign: signOf(exact), decimals };
}

/** What isn't there at all needs no decimals. */
function short(value: number): string {
  return Math.abs(value) < 1e-12 ? '0' : nats(value);
}

function signOf(shown: Record<'loss' | 'floor' | 'excess', string>): string {
  return equalsSign(numberIn(shown.floor) + numberIn(shown.excess), numberIn(shown.loss));
}
