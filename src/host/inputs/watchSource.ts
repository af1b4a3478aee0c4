import { Disposable, workspace } from 'vscode';
import { watchCell } from '../notebook/watchCell.ts';
import { moved } from './positions.ts';
import type { Source, TargetsSource } from './source.ts';

/** What may become of a source while it's shown. */
export interface SourceEvents<S extends TargetsSource> {
  /** It may read differently now. */
  changed(): void;
  /** The same logits are somewhere else now, or called differently. */
  moved(source: S): void;
  /** There's nothing left to read. `why` is a sentence for the user. */
  gone(why: string): void;
}

/** Follows a source, and where its targets are from. `current` is asked at each event: what's shown may change. */
export function watchSource(current: () => Source, events: SourceEvents<Source>): Disposable {
  const withTargets = (source: TargetsSource, targets: TargetsSource | undefined): Source =>
    targets ? { ...source, targets } : source;
  return Disposable.from(
    watchPart(current, {
      ...events,
      moved: (part) => events.moved(withTargets(part, current().targets)),
    }),
    watchPart(() => current().targets, {
      ...events,
      moved: (targets) => events.moved(withTargets(current(), targets)),
    }),
  );
}

function watchPart(
  current: () => TargetsSource | undefined,
  events: SourceEvents<TargetsSource>,
): Disposable {
  return Disposable.from(watchDocument(current, events), watchCell(current, events));
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
    const range = source.range && contentChanges.reduce(moved, source.range);
    if (range) events.moved({ ...source, range });
    events.changed();
  });
}
