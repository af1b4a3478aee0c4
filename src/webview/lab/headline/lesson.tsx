import * as l10n from '@vscode/l10n';
import { Sentence } from '../../widgets/sentence.tsx';
import { STORY_ORDER } from '../state/labSetups.ts';
import type { StoryView } from '../state/storyView.ts';
import { storyQuestion } from '../words/dataWords.ts';
import { lessonOf, oftenSaid } from '../words/lessons.ts';

interface Props {
  readonly view: StoryView;
}

/** A sentence from tutorials, and at the end what became of it here, and which question is next. */
export function Lesson({ view }: Props) {
  const said = oftenSaid(view.state.story);
  const answer = lessonOf(view);
  return (
    <p class="often" data-figure="lesson">
      <Sentence text={l10n.t('Often said: “{said}”')} parts={{ said }} />{' '}
      {answer && (
        <>
          <b>{answer}</b> <Next view={view} />
        </>
      )}
    </p>
  );
}

function Next({ view: { state, store } }: Props) {
  const next = STORY_ORDER[STORY_ORDER.indexOf(state.story) + 1];
  if (!next) return null;
  return (
    <button
      type="button"
      class="link"
      data-control="next"
      onClick={() => {
        store.show(next);
        // The link is gone with its story: its place is at the tabs, or at the list that is there instead of them.
        const tab = document.getElementById(`tab-${next}`);
        const list = document.querySelector<HTMLElement>('[data-control="story"]');
        (tab?.checkVisibility() ? tab : list)?.focus();
      }}
    >
      {l10n.t('Next: {0}', storyQuestion(next))}
    </button>
  );
}
