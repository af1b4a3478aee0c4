import { Disposable, workspace } from 'vscode';
import { watchCell } from '../notebook/watchCell.ts';
import { movedOffset } from './editorPositions.ts';
import { type KnownFile, watchFile } from './file/watchFile.ts';
import type { Source, TargetsSource } from './source.ts';
import type { SourceEvents } from './sourceEvents.ts';

/**
 * Follows a source, and where its targets are from. `current` is asked at each event: what's shown may change. `known` are the files
 * that it was read from.
 */
export function watchSource(
  current: () => Source,
  known: KnownFile,
  events: SourceEvents<Source>,
): Disposable {
  const withTargets = (source: TargetsSource, targets: TargetsSource | undefined): Source =>
    targets ? { ...source, targets } : source;
  return Disposable.from(
    watchPart(current, known, {
      ...events,
      moved: (part) => events.moved(withTargets(part, current().targets)),
    }),
    watchPart(() => current().targets, known, {
      ...events,
      moved: (targets) => events.moved(withTargets(current(), targets)),
    }),
  );
}

function watchPart(
  current: () => TargetsSource | undefined,
  known: KnownFile,
  events: SourceEvents<TargetsSource>,
): Disposable {
  return Disposable.from(
    watchDocument(current, events),
    watchFile(current, known, events),
    watchCell(current, events),
  );
}

function watchDocument(
  current: () => TargetsSource | undefined,
  events: SourceEvents<TargetsSource>,
): Disposable {
  return workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const source = current();
    if (source?.kind !== 'document' || document.uri.toString() !== source.uri) return;
    if (contentChanges.length === 0) return;
    // Changes come in the order that keeps each other's ranges valid: from the end of the document to its start.
    const range = source.range && contentChanges.reduce(movedOffset, source.range);
    if (range) events.moved({ ...source, range });
    events.changed();
  });
}
