import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { count } from '../../../words/numberFormat.ts';
import { nearestMark } from '../state/measuredEpochs.ts';
import type { StoryView } from '../state/storyView.ts';

interface Props {
  readonly view: StoryView;
  readonly marks: readonly number[];
  readonly shown: number;
}

/** How many measured epochs Page Up and Page Down go. */
const PAGE = 5;

/** The time slider: it stops where something was measured. */
export function TimeSlider({ view, marks, shown }: Props) {
  const { store, epochs } = view;
  const slider = useRef<HTMLInputElement>(null);
  const to = (index: number) => {
    const clamped = Math.max(0, Math.min(marks.length - 1, index));
    store.look(clamped === marks.length - 1 ? null : marks[clamped]!);
  };
  const at = marks.indexOf(shown);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    PageUp: at + PAGE,
    PageDown: at - PAGE,
    Home: 0,
    End: marks.length - 1,
  };
  // A slider keeps where it was dragged to until it's told otherwise.
  useEffect(() => {
    if (slider.current) slider.current.value = String(shown);
  });
  return (
    <input
      ref={slider}
      type="range"
      class="time"
      data-control="time"
      min={0}
      max={Math.max(1, epochs)}
      step={1}
      value={shown}
      disabled={marks.length < 2}
      aria-label={l10n.t('Time')}
      aria-valuetext={l10n.t('epoch {0} of {1}', count(shown), count(epochs))}
      onKeyDown={(event) => {
        const next = steps[event.key];
        if (next === undefined) return;
        to(next);
        event.preventDefault();
      }}
      onInput={(event) => {
        store.look(nearestMark(view.part, Number(event.currentTarget.value)));
      }}
    />
  );
}
