import * as l10n from '@vscode/l10n';
import { RunRow } from './bar/runRow.tsx';
import { SetupRow } from './bar/setupRow.tsx';
import { StoryTabs } from './bar/storyTabs.tsx';
import { ClaimList } from './claims/claimList.tsx';
import { Headline } from './headline/headline.tsx';
import { LabFoot } from './labFoot.tsx';
import { LabProblems } from './labProblems.tsx';
import { LeftColumn } from './leftColumn.tsx';
import { StoryPicture } from './pictures/storyPicture.tsx';
import type { LabState } from './state/labState.ts';
import type { LabStore } from './state/labStore.ts';
import { viewOf } from './state/storyView.ts';

interface Props {
  readonly store: LabStore;
  readonly state: LabState;
}

/** The lab: a story with what it trains, what is seen, and what was counted. */
export function LabApp({ store }: Props) {
  const view = viewOf(store);
  const { state, phase } = view;
  return (
    <main class="lab">
      <div class="top">
        <h1>{l10n.t('What does label smoothing do to training?')}</h1>
        <p class="quiet">{l10n.t('Small networks, trained here, on this machine')}</p>
      </div>
      <StoryTabs story={state.story} show={(story) => store.show(story)} />
      <div
        role="tabpanel"
        id="story"
        aria-labelledby={`tab-${state.story}`}
        class={phase.kind === 'stale' ? 'stale' : ''}
      >
        <div class="bar">
          <SetupRow view={view} />
          <RunRow view={view} />
        </div>
        <LabProblems view={view} />
        <div class="seen">
          <Headline view={view} />
          <div class="three">
            <div class="middle">
              <StoryPicture view={view} />
            </div>
            <div class="right">
              <ClaimList view={view} />
            </div>
            <div class="left">
              <LeftColumn view={view} />
            </div>
          </div>
        </div>
        <LabFoot view={view} />
      </div>
    </main>
  );
}
