import * as l10n from '@vscode/l10n';
import { fitted, textWidth } from '../../charts/textWidth.ts';
import { barName, logitText } from '../played/barNames.ts';
import type { Played } from '../played/whatChanged.ts';
import { BAR_FONT, BAR_LEFT, barsOf, linesWithin, yOf } from './barLayout.ts';

/** Names of many classes together take several lines. */
const MOST_LINES = 3;
const LINE = 15;
const TRUE = ' ✓';

/** How high the names below the bars are, in pixels. */
export function namesHeight({ columns: { sizes } }: Pick<Played, 'columns'>): number {
  return 6 + LINE * (sizes.some((size) => size > 1) ? MOST_LINES : 1);
}

/** How high a line of logits below them is. */
export const LOGITS_HEIGHT = 18;

interface Props {
  readonly played: Played;
  readonly width: number;
  readonly hasLogits?: boolean;
}

/** The name below each bar, and its logit. */
export function BarLabels({ played, width, hasLogits = false }: Props) {
  const { columns, state } = played;
  const { slot, middle } = barsOf(width, columns.sizes.length);
  // Where there's no room they're in the table, and with the sliders.
  const logits = columns.sizes.map((_, column) => logitText(state.logits[column]!));
  const hasRoom = hasLogits && logits.every((text) => textWidth(text, { size: BAR_FONT.size }) + 2 <= slot);
  const names = columns.sizes.map((_, column) =>
    linesWithin(barName(columns, column), slot).slice(0, MOST_LINES),
  );
  // Right below the longest name: what room is left is below the logits.
  const below = yOf(0) + 6 + LINE * (Math.max(...names.map(({ length }) => length)) + 1) - 3;
  return (
    <>
      {columns.sizes.map((_, column) => {
        const isTrue = column === state.trueClass;
        const [first, ...more] = names[column]!;
        const marked = isTrue && textWidth(first + TRUE, BAR_FONT) <= slot ? first + TRUE : first!;
        return (
          <g
            key={String(column)}
            class={isTrue ? 'label true' : 'label'}
            transform={`translate(${middle(column)},0)`}
          >
            {[marked, ...more].map((line, i) => (
              <text key={line} y={yOf(0) + 17 + LINE * i} text-anchor="middle">
                {fitted(line, slot, isTrue ? BAR_FONT : { size: BAR_FONT.size })}
              </text>
            ))}
            {hasRoom && (
              <text class="quiet" y={below} text-anchor="middle">
                {logits[column]}
              </text>
            )}
          </g>
        );
      })}
      {hasRoom && (
        <text class="quiet head" x={0} y={below}>
          {fitted(l10n.t('logit'), BAR_LEFT + 4, { size: 11 })}
        </text>
      )}
    </>
  );
}
