import * as l10n from '@vscode/l10n';
import { plain } from '../../../words/numberFormat.ts';
import { MOST_LOGIT } from '../played/answers.ts';
import { barName, logitText, shortProbability } from '../played/barNames.ts';
import type { Played } from '../played/whatChanged.ts';
import { yOf } from './barLayout.ts';

/** By how many logits a key moves a bar. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowUp: 0.1,
  ArrowRight: 0.1,
  ArrowDown: -0.1,
  ArrowLeft: -0.1,
  PageUp: 1,
  PageDown: -1,
};

interface Props {
  readonly played: Played;
  readonly move: (column: number, to: { readonly logit: number } | { readonly probability: number }) => void;
}

/** A slider over each bar: it follows the pointer, goes where it's clicked, and by keys a tenth of a logit at a time. */
export function AnswerHandles({ played, move }: Props) {
  const { columns, figures, state } = played;
  const to = (event: PointerEvent & { readonly currentTarget: HTMLElement }, column: number) => {
    const { top } = event.currentTarget.getBoundingClientRect();
    move(column, { probability: yOf.invert(event.clientY - top) });
  };
  return (
    <div class="handles" style={{ gridTemplateColumns: `repeat(${state.logits.length}, minmax(0, 1fr))` }}>
      {state.logits.map((logit, column) => (
        <div
          key={barName(columns, column)}
          role="slider"
          tabIndex={0}
          data-column={column}
          aria-orientation="vertical"
          aria-label={barName(columns, column)}
          aria-valuemin={-MOST_LOGIT}
          aria-valuemax={MOST_LOGIT}
          aria-valuenow={Number(logit.toFixed(2))}
          aria-valuetext={l10n.t(
            'logit {0}, probability {1}, target {2}',
            logitText(logit),
            shortProbability(figures.probabilities[column]!),
            plain(figures.targets[column]!),
          )}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            document.body.classList.add('dragging');
            to(event, column);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) to(event, column);
          }}
          onKeyDown={(event) => {
            const step = KEYS[event.key];
            if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
            event.preventDefault();
            // Of tenths nothing is left over in binary.
            move(column, { logit: Number((logit + step).toFixed(6)) });
          }}
        />
      ))}
    </div>
  );
}
