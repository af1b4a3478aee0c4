import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AlphaPreview, AlphaProposal, ShownAlpha } from '../../protocol/apply.ts';
import { host } from '../bridge.ts';
import { plain } from '../format.ts';
import { EditPreview } from './editPreview.tsx';

/** How long it's said that the edit was made. */
const SAID_MS = 8_000;

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preview'; readonly preview: AlphaPreview }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'done'; readonly said: string };

interface Props {
  readonly shown: ShownAlpha;
  /** The code has this α already. */
  readonly same: boolean;
}

/** Sets α in the code it's from: first it shows the edit, then it makes it. */
export function ApplyAlpha({ shown, same }: Props) {
  const { convention, labelSmoothing, classes } = shown;
  const [state, setState] = useState<State>({ kind: 'idle' });
  const button = useRef<HTMLButtonElement>(null);
  // What was looked at is an edit to another α.
  useEffect(
    () => setState((before) => (before.kind === 'done' ? before : { kind: 'idle' })),
    [convention, labelSmoothing, classes],
  );
  useEffect(() => {
    if (state.kind !== 'done') return;
    const timer = setTimeout(() => setState({ kind: 'idle' }), SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const propose = (proposal: AlphaProposal) =>
    setState(
      'preview' in proposal
        ? { kind: 'preview', preview: proposal.preview }
        : { kind: 'refused', why: proposal.why },
    );
  const apply = async ({ id }: AlphaPreview) => {
    const applied = await host.applyAlpha(id);
    if ('done' in applied) setState({ kind: 'done', said: applied.done });
    else propose(applied);
  };
  const cancel = () => {
    setState({ kind: 'idle' });
    button.current?.focus();
  };
  return (
    <>
      {!same && (
        <button
          type="button"
          ref={button}
          data-control="apply"
          aria-expanded={state.kind === 'preview'}
          title={l10n.t('Shows the edit of the code first')}
          onClick={async () => propose(await host.previewAlpha(shown))}
        >
          {l10n.t('Apply α = {0}…', plain(labelSmoothing))}
        </button>
      )}
      <span class="note" role="status" data-figure="written">
        {state.kind === 'done' ? `✓ ${state.said}` : ''}
      </span>
      {state.kind === 'refused' && (
        <p class="problem" role="alert">
          {state.why}{' '}
          <button type="button" class="link" onClick={cancel}>
            {l10n.t('Close')}
          </button>
        </p>
      )}
      {state.kind === 'preview' && (
        <EditPreview preview={state.preview} apply={() => apply(state.preview)} cancel={cancel} />
      )}
    </>
  );
}
