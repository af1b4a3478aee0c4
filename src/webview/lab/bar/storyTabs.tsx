import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { StoryId } from '../../../lab/experiments/stories.ts';
import { STORY_ORDER } from '../state/labSetups.ts';
import { storyName } from '../words/dataWords.ts';

interface Props {
  readonly story: StoryId;
  readonly show: (story: StoryId) => void;
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The stories, as tabs where there's room for them and as a list where there isn't. */
export function StoryTabs({ story, show }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = STEPS[event.key]?.(STORY_ORDER.indexOf(story), STORY_ORDER.length);
    if (to === undefined) return;
    show(STORY_ORDER[to]!);
    list.current!.querySelectorAll<HTMLButtonElement>('[role="tab"]')[to]!.focus();
    event.preventDefault();
  };
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={l10n.t('Stories')} onKeyDown={onKeyDown}>
        {STORY_ORDER.map((each) => (
          <button
            type="button"
            key={each}
            id={`tab-${each}`}
            role="tab"
            aria-selected={each === story}
            aria-controls="story"
            tabIndex={each === story ? 0 : -1}
            onClick={() => show(each)}
          >
            {storyName(each)}
          </button>
        ))}
      </div>
      <label class="tabpick">
        {l10n.t('Story')}
        <select
          data-control="story"
          value={story}
          onChange={(event) => show(event.currentTarget.value as StoryId)}
        >
          {STORY_ORDER.map((each) => (
            <option key={each} value={each}>
              {storyName(each)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
