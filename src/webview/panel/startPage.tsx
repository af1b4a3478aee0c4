import { render } from 'preact';
import type { PanelChanges, PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { VsCodeApi } from '../state/hostConnection.ts';
import { Page, PageContext } from '../state/page.ts';
import { ServicesContext } from '../state/services.ts';
import { App, type Received } from './app.tsx';

const NOTHING: Received = {
  snapshot: undefined,
  config: undefined,
  why: undefined,
  behind: null,
  kept: undefined,
  problem: '',
  progress: null,
};

/** The page is what was received so far, and the user's own controls. */
export function startPage(vscode: VsCodeApi, root: HTMLElement): void {
  let received = NOTHING;
  const receive = (part: Partial<Received>) => {
    received = { ...received, ...part };
    render(
      <PageContext.Provider value={page}>
        <ServicesContext.Provider value={page}>
          <App {...received} />
        </ServicesContext.Provider>
      </PageContext.Provider>,
      root,
    );
  };
  const page = new Page(
    vscode,
    {
      show({ kept = received.kept, ...changes }) {
        if (!received.snapshot) markFirstPaint();
        receive({
          snapshot: changedSnapshot(received.snapshot, changes),
          kept,
          config: undefined,
          why: undefined,
        });
      },
      showConfig: (config, behind) => receive({ config, why: undefined, behind }),
      showPlayground: (why, behind) => receive({ config: undefined, why, behind }),
      problem: (problem) => receive({ problem }),
      progress: (progress) => receive({ progress }),
    },
    () => import('./tabViews.tsx').then((views) => views.lateParts),
  );
  receive({});
  void page.host.ready();
}

/** With what has changed; figures that haven't stay the same objects, and aren't measured again. */
function changedSnapshot(
  before: PanelSnapshot | undefined,
  { data, about, teacher = before?.teacher ?? null }: PanelChanges,
): PanelSnapshot | undefined {
  const all = { ...before, ...data, ...about, teacher };
  return isComplete(all) ? all : before;
}

function isComplete(snapshot: Partial<PanelSnapshot>): snapshot is PanelSnapshot {
  return snapshot.stats !== undefined && snapshot.source !== undefined;
}

/** Marks for whoever profiles: logits are here, and are to be seen. */
function markFirstPaint(): void {
  performance.mark('smoothLabels.received');
  // A timer set while a frame is prepared fires after it was painted.
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.mark('smoothLabels.painted');
      // Now there's time for what may be wanted next.
      void import('./tabViews.tsx');
    }),
  );
}
