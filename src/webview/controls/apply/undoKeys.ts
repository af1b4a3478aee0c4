import { useEffect, useRef } from 'preact/hooks';

/**
 * While there's an edit of the code to undo, the keys that undo, and VS Code's Undo, mean that edit: what was typed in a field is
 * older. Once something is typed after it they mean the text again.
 */
export function useUndoKeys(undo: (() => void) | undefined): void {
  const run = useRef(undo);
  run.current = undo;
  const isActive = undo !== undefined;
  useEffect(() => {
    if (!isActive) return;
    let typedSince = false;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      const isUndo = key.toLowerCase() === 'z' && (ctrlKey || metaKey) && !altKey && !shiftKey;
      if (!isUndo || typedSince) return;
      // VS Code listens at the window, and would have what was typed undone.
      event.preventDefault();
      event.stopImmediatePropagation();
      run.current?.();
    };
    // From VS Code's menu Undo comes as a command, that nothing is told of before it's done: it's done again.
    const onInput = (event: Event) => {
      const kind = event instanceof InputEvent ? event.inputType : '';
      if (kind === 'historyRedo') event.stopImmediatePropagation();
      else if (kind !== 'historyUndo' || typedSince) typedSince = true;
      else {
        event.stopImmediatePropagation();
        // Not within the command.
        queueMicrotask(() => {
          document.execCommand('redo');
          run.current?.();
        });
      }
    };
    document.addEventListener('keydown', onKeyDown, true);
    document.addEventListener('input', onInput, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown, true);
      document.removeEventListener('input', onInput, true);
    };
  }, [isActive]);
}
