import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { App, type Received } from './app.tsx';
import { followDrags } from './charts/dragMotion.ts';
import { connect } from './state/hostConnection.ts';
import { provideLate } from './state/lateParts.ts';
import { reportProgress } from './state/runningJobs.ts';

const bundle = document.getElementById('l10n')?.textContent;
if (bundle) l10n.config({ contents: bundle });

const root = document.getElementById('root')!;
let received: Received = {
  snapshot: undefined,
  config: undefined,
  behind: null,
  source: undefined,
  problem: '',
  progress: null,
};

/** Every message brings all there is to show, so the page is what was received last, and the user's own controls. */
function receive(part: Partial<Received>): void {
  received = { ...received, ...part };
  render(<App {...received} />, root);
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

const host = connect({
  show(snapshot, source) {
    if (!received.snapshot) markFirstPaint();
    receive({ snapshot, source, config: undefined });
  },
  showConfig: (config, behind) => receive({ config, behind, snapshot: undefined }),
  problem: (problem) => receive({ problem }),
  progress: (progress) => receive({ progress }),
  progressOf: reportProgress,
});
provideLate(() => import('./tabViews.tsx').then((views) => views.lateParts));
receive({});
followDrags();
void host.ready();
