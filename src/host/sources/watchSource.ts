import { Disposable } from 'vscode';
import { type KnownFile, watchFile } from './file/watchFile.ts';
import { type TargetsSource, watchKinds } from './kinds/kindOf.ts';
import type { Source } from './source.ts';
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
  return Disposable.from(watchKinds(current, events), watchFile(current, known, events));
}
