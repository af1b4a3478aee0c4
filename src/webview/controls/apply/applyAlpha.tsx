import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AlphaPreview, AlphaProposal, ShownAlpha } from '../../../protocol/alphaChannel.ts';
import { plain } from '../../../words/numberFormat.ts';
import type { ApplyAlphaProps } from '../../state/lateParts.ts';
import { useServices } from '../../state/services.ts';
import { EditPreview } from './editPreview.tsx';
import { useUndoKeys } from './undoKeys.ts';

/** How long it's said that an edit was undone. */
const SAID_MS = 8_000;

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preview'; readonly preview: AlphaPreview }
  /** `shown`: for which α. Without one it stays until it's closed. */
  | { readonly kind: 'refused'; readonly why: string; readonly shown?: ShownAlpha }
  | {
      readonly kind: 'written';
      readonly said: string;
      readonly undo: string;
      /** What was written, and what the code has since the panel heard of it. */
      readonly shown: ShownAlpha;
      readonly inCode?: number | null;
    }
  | {
      readonly kind: 'undone';
      readonly said: string;
      /** What was shown then, or what the panel took from the code as it's again. */
      readonly shown: ShownAlpha;
      readonly isHeard: boolean;
    };

/** Sets α in the code it's from: first it shows the edit, then it makes it, and undoes it. */
export function ApplyAlpha({ shown, inCode, same }: ApplyAlphaProps) {
  const { host } = useServices();
  const { convention, labelSmoothing, classes } = shown;
  const [state, setState] = useState<State>({ kind: 'idle' });
  const button = useRef<HTMLButtonElement>(null);
  const status = useRef<HTMLSpanElement>(null);
  useEffect(
    () => setState((before) => next(before, { shown, inCode, same })),
    [convention, labelSmoothing, classes, inCode, same],
  );
  useEffect(() => {
    if (state.kind !== 'undone') return;
    const timer = setTimeout(() => setState({ kind: 'idle' }), SAID_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const propose = (proposal: AlphaProposal) =>
    setState(
      'preview' in proposal
        ? { kind: 'preview', preview: proposal.preview }
        : { kind: 'refused', why: proposal.why, shown },
    );
  const apply = async ({ id }: AlphaPreview) => {
    const applied = await host.applyAlpha(id);
    if (!('done' in applied)) return propose(applied);
    setState({ kind: 'written', said: applied.done, undo: applied.undo, shown });
    // The button that was pressed is gone.
    status.current?.focus();
  };
  const undo = async (id: string) => {
    setState({ kind: 'idle' });
    const undone = await host.undoAlpha(id);
    setState(
      'done' in undone
        ? { kind: 'undone', said: undone.done, shown, isHeard: false }
        : { kind: 'refused', why: undone.why },
    );
    status.current?.focus();
  };
  useUndoKeys(state.kind === 'written' ? () => void undo(state.undo) : undefined);
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
          title={l10n.t('Preview the edit before it’s made')}
          onClick={async () => propose(await host.previewAlpha(shown))}
        >
          {l10n.t('Apply α = {0}…', plain(labelSmoothing))}
        </button>
      )}
      <span class="note" role="status" tabIndex={-1} ref={status} data-figure="written">
        {state.kind === 'written' || state.kind === 'undone' ? `✓ ${state.said}` : ''}
      </span>
      {state.kind === 'written' && (
        <button
          type="button"
          data-control="undo"
          title={l10n.t('Restore the previous code')}
          onClick={() => undo(state.undo)}
        >
          {l10n.t('Undo')}
        </button>
      )}
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

/** What is still true when another α is shown, or the code has another one. */
function next(before: State, { shown, inCode, same }: ApplyAlphaProps): State {
  switch (before.kind) {
    case 'written': {
      // The panel hears of the code a moment after the edit.
      const isHeard = before.inCode !== undefined;
      if (same && !isHeard) return { ...before, inCode };
      return (isHeard && same && before.inCode === inCode) || (!isHeard && isEqual(before.shown, shown))
        ? before
        : { kind: 'idle' };
    }
    case 'idle':
      return before;
    case 'undone':
      if (isEqual(before.shown, shown)) return before;
      // The panel follows the code once; what is set afterwards is something else.
      return same && !before.isHeard ? { ...before, shown, isHeard: true } : { kind: 'idle' };
    case 'refused':
      return before.shown === undefined || isEqual(before.shown, shown) ? before : { kind: 'idle' };
    case 'preview':
      // What was looked at is an edit to another α.
      return { kind: 'idle' };
  }
}

function isEqual(a: ShownAlpha, b: ShownAlpha): boolean {
  return a.convention === b.convention && a.labelSmoothing === b.labelSmoothing && a.classes === b.classes;
}
