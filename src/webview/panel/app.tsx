import * as l10n from '@vscode/l10n';
import type { ConfigSnapshot, PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { lazy } from '../state/lazy.tsx';
import { usePage } from '../state/page.ts';
import { DropZone } from '../widgets/dropZone.tsx';
import { LogitsPanel } from './logitsPanel.tsx';

const PlaygroundView = lazy(() => import('../playground/playground.tsx').then((views) => views.Playground));

/** What has come from the extension host so far. */
export interface Received {
  readonly snapshot: PanelSnapshot | undefined;
  /** The loss that is in front, of logits perhaps. */
  readonly config: ConfigSnapshot | undefined;
  /** The playground without a loss is in front; a sentence about why, or nothing. */
  readonly why: string | undefined;
  /** What logits are behind it. */
  readonly behind: string | null;
  /** What brings the logits back after a reload; the host's own. */
  readonly kept: unknown;
  /** Why what is shown isn't the source as it is now; empty if it is. */
  readonly problem: string;
  readonly progress: number | null;
}

export function App({ snapshot: logits, config, why, behind, kept, problem, progress }: Received) {
  const { host } = usePage();
  const isPlayground = config !== undefined || why !== undefined;
  const snapshot = isPlayground ? undefined : logits;
  return (
    <main>
      <DropZone />
      {progress !== null && !snapshot && (
        <p class="working" role="status">
          <progress value={progress} aria-label={l10n.t('Reading')} />
          <button type="button" onClick={() => host.cancel()}>
            {l10n.t('Cancel')}
          </button>
        </p>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem} {snapshot && l10n.t('Showing the last result that could be read.')}
        </p>
      )}
      {snapshot?.notice && !problem && (
        <p class="notice" role="status">
          {snapshot.notice}
        </p>
      )}
      {snapshot && (
        <LogitsPanel
          key={snapshot.sourceId}
          snapshot={snapshot}
          kept={kept}
          progress={progress}
          isRead={problem === ''}
        />
      )}
      {isPlayground && <PlaygroundView config={config} why={why ?? ''} logits={behind} />}
      {!snapshot && !isPlayground && (
        <p class="quiet">
          {problem ? (
            <button
              type="button"
              class="link"
              data-control="playground"
              onClick={() => host.turnTo('playground')}
            >
              {l10n.t('Try label smoothing without logits')}
            </button>
          ) : (
            l10n.t('Reading logits…')
          )}
        </p>
      )}
    </main>
  );
}
