import * as l10n from '@vscode/l10n';
import { count } from '../../../words/numberFormat.ts';
import { useSettled } from '../../state/hooks.ts';
import { Sentence } from '../../widgets/sentence.tsx';
import { marksIn } from '../state/measuredEpochs.ts';
import { usePlaying } from '../state/playing.ts';
import type { StoryView } from '../state/storyView.ts';
import { buttonWords, saidOfPhase, stateWords } from '../words/stateWords.ts';
import { TimeSlider } from './timeSlider.tsx';

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
            <TimeSlider view={view} marks={marks} shown={shown} />
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
