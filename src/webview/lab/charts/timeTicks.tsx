import * as l10n from '@vscode/l10n';
import { plain } from '../../../words/numberFormat.ts';
import { textWidth } from '../../charts/textWidth.ts';

/** 0, the middle and the end, with the word between them. */
export function TimeTicks({
  x,
  y,
  epochs,
}: {
  readonly x: (epoch: number) => number;
  readonly y: number;
  readonly epochs: number;
}) {
  const name = l10n.t('epoch');
  const middle = epochs / 2;
  const hasRoom = x(epochs) - x(0) > textWidth(name) * 2 + 90;
  return (
    <>
      <text class="quiet" x={x(0)} y={y} text-anchor="start">
        0
      </text>
      <text class="quiet" x={x(epochs)} y={y} text-anchor="end">
        {plain(epochs)}
      </text>
      <text class="quiet" x={x(middle)} y={y} text-anchor="middle">
        {hasRoom ? name : ''}
      </text>
    </>
  );
}
