import { render } from 'preact';
import type { StoryId } from '../../lab/experiments/stories.ts';
import { pngOf, svgOf } from '../export/picture/chartPicture.ts';
import { type Services, ServicesContext } from '../state/services.ts';
import { LabApp } from './labApp.tsx';
import { DrawQueue, DrawQueueContext } from './pictures/drawQueue.ts';
import { connectLab, LabHostContext, type LabVsCode } from './state/labConnection.ts';
import { STORY_ORDER } from './state/labSetups.ts';
import { LabStore } from './state/labStore.ts';

/** The lab's page. What arrives in between two frames is drawn once. */
export function startLab(vscode: LabVsCode, root: HTMLElement): void {
  let isWaiting = false;
  const draw = () => {
    isWaiting = false;
    vscode.setState({ story: store.state.story });
    render(
      <ServicesContext.Provider value={services}>
        <LabHostContext.Provider value={host}>
          <DrawQueueContext.Provider value={pictures}>
            <LabApp store={store} state={store.state} />
          </DrawQueueContext.Provider>
        </LabHostContext.Provider>
      </ServicesContext.Provider>,
      root,
    );
  };
  const changed = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(draw);
  };
  const host = connectLab(vscode, {
    started: (...told) => store.functions.started(...told),
    progress: (...told) => store.functions.progress(...told),
    snapshots: (...told) => store.functions.snapshots(...told),
    reliability: (...told) => store.functions.reliability(...told),
    part: (...told) => store.functions.part(...told),
    stopped: (...told) => store.functions.stopped(...told),
    showStory: (story: StoryId) => {
      if (STORY_ORDER.includes(story)) store.show(story);
    },
  });
  const store = new LabStore(host, changed);
  const pictures = new DrawQueue();
  const services: Services = { host, loadLate: async () => ({ svgOf, pngOf }) };
  // Pictures of pixels have the colours of the theme they were drawn in.
  new MutationObserver(changed).observe(document.body, {
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
  const kept = STORY_ORDER.find((story) => story === vscode.getState()?.story);
  store.show(kept ?? 'overconfidence');
  draw();
  void host.ready();
}
