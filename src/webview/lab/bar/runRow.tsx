import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { count } from '../../../words/numberFormat.ts';
import { useSettled } from '../../state/hooks.ts';
import { Sentence } from '../../widgets/sentence.tsx';
import { marksIn, nearestMark } from '../state/measuredEpochs.ts';
import { usePlaying } from '../state/playing.ts';
import type { StoryView } from '../state/storyView.ts';
import { buttonWords, saidOfPhase, stateWords } from '../words/stateWords.ts';

interface Props {
  readonly view: StoryView;
}

/** Play, time, and one button that says what it does now. */
export function RunRow({ view }: Props) {
  const { store, state, phase, part, epoch, epochs } = view;
  usePlaying(view);
  const isTimed = state.story !== 'teacher' && state.story !== 'own';
  const marks = marksIn(part);
  const shown = epoch ?? marks.at(-1) ?? 0;
  const canLook = marks.length > 1;
  const primary = phase.kind !== 'running' && phase.kind !== 'finished';
  const press = () => {
    if (phase.kind === 'running') store.training.cancel();
    else if (phase.kind === 'cancelled' || phase.kind === 'hidden') void store.training.goOn();
    else void store.training.train(phase.kind !== 'before' && phase.kind !== 'stale');
  };
  const playPause = () => {
    if (state.isPlaying) store.look(shown);
    else if (canLook) store.play(epoch ?? 0, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key !== ' ' || target.tagName === 'BUTTON') return;
    playPause();
    event.preventDefault();
  };
  // A screen reader hears of the start, of each quarter and of the end.
  const said = useSettled(saidOfPhase(view));
  return (
    <>
      <div class="run" role="toolbar" aria-label={l10n.t('Training and time')} onKeyDown={onKeyDown}>
        {isTimed && (
          <>
            <button
              type="button"
              class="play"
              data-control="play"
              disabled={!canLook}
              aria-label={state.isPlaying ? l10n.t('Pause') : l10n.t('Play')}
              onClick={playPause}
            >
              <svg viewBox="0 0 12 12" aria-hidden="true">
                <path d={state.isPlaying ? 'M2 1h3v10H2zM7 1h3v10H7z' : 'M2 1l9 5-9 5z'} />
              </svg>
            </button>
            <Time view={view} marks={marks} shown={shown} />
            <span class="epoch">
              {canLook ? (
                <Sentence
                  text={l10n.t('epoch {at} of {of}')}
                  parts={{ at: <b data-figure="epoch">{count(shown)}</b>, of: count(epochs) }}
                />
              ) : (
                l10n.t('{0} epochs', count(epochs))
              )}
            </span>
          </>
        )}
        {(state.story !== 'own' || state.own) && (
          <button
            type="button"
            class={primary ? 'go primary' : 'go'}
            data-control="train"
            disabled={phase.kind === 'broken'}
            onClick={press}
          >
            {buttonWords(view)}
          </button>
        )}
      </div>
      <p class="state" data-figure="state">
        {stateWords(view)}
      </p>
      {phase.kind === 'running' && (
        <progress class="done" value={phase.done} aria-label={l10n.t('Training')} />
      )}
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}

interface TimeProps extends Props {
  readonly marks: readonly number[];
  readonly shown: number;
}

/** How many measured epochs Page Up and Page Down go. */
const PAGE = 5;

/** The time slider: it stops where something was measured. */
function Time({ view, marks, shown }: TimeProps) {
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
