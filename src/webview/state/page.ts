import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelFunctions } from '../../protocol/panelChannel.ts';
import { connect, type Host, type VsCodeApi } from './hostConnection.ts';
import { KeptChoices } from './keptChoices.ts';
import type { LateParts } from './lateParts.ts';
import { RememberedAnswers } from './rememberedAnswers.ts';
import { RunningJobs } from './runningJobs.ts';
import { ViewRequest } from './viewRequest.ts';

/** All that lasts as long as the page does, and isn't shown: nothing of it is in a module. Made once, in main.tsx. */
export class Page {
  readonly host: Host;
  readonly kept: KeptChoices;
  readonly jobs: RunningJobs;
  readonly answers = new RememberedAnswers();
  readonly viewRequest: ViewRequest;
  /** Fetches the bundle of what is needed late. */
  readonly loadLate: () => Promise<LateParts>;

  /** `show`: what is done with all that arrives, but for the progress of jobs. */
  constructor(
    vscode: VsCodeApi,
    show: Omit<PanelFunctions, 'progressOf'>,
    loadLate: () => Promise<LateParts>,
  ) {
    this.jobs = new RunningJobs((name) => this.host.stop(name));
    this.host = connect(vscode, {
      ...show,
      progressOf: (job, fraction) => this.jobs.reportProgress(job, fraction),
    });
    this.kept = new KeptChoices(vscode);
    this.viewRequest = new ViewRequest((view) => this.host.setView(view));
    this.loadLate = loadLate;
  }
}

export const PageContext = createContext<Page | undefined>(undefined);

/** The page a component is of. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('Nothing is rendered outside of a page');
  return page;
}
