import { Disposable, l10n, type Uri } from 'vscode';
import { kindOf, type TargetsSource } from '../kinds/kindOf.ts';
import { fileNameOf } from '../kinds/memberName.ts';
import { changedOnDisk } from '../rereading.ts';
import type { Rereading, SourceEvents } from '../sourceEvents.ts';
import { type FileState, fileStateOf, isGone, isSameState } from './fileState.ts';

/**
 * Files are looked at so often. Nobody tells of all changes: not the file systems of clusters, nor many that extensions bring, nor VS
 * Code of files outside its folders.
 */
const LOOK_EVERY_MS = 1000;

/** A file as it was when it was read, by its URI; undefined if it wasn't read yet. */
export type KnownFile = (uri: string) => FileState | undefined;

interface FileEvents extends Pick<SourceEvents<TargetsSource>, 'changing' | 'gone'> {
  changed(rereading: Rereading): void;
}

/**
 * Follows the file of a source. One that is still being written isn't told to have changed before it's the same for two looks. Of a
 * text that is open in an editor the edits are followed elsewhere; when it's closed, its file counts again.
 */
export function watchFile(
  current: () => TargetsSource | undefined,
  known: KnownFile,
  events: FileEvents,
): Disposable {
  const follower = new FileFollower(current, known, events);
  let isOver = false;
  const look = async () => {
    await follower.look(() => isOver);
    if (!isOver) timer = setTimeout(look, LOOK_EVERY_MS);
  };
  let timer = setTimeout(look, LOOK_EVERY_MS);
  return new Disposable(() => {
    isOver = true;
    clearTimeout(timer);
  });
}

/** A file, or that it isn't there; or that what is shown is no file but an edited text. */
type Seen = FileState | 'gone' | 'edited';

class FileFollower {
  readonly #current: () => TargetsSource | undefined;
  readonly #known: KnownFile;
  readonly #events: FileEvents;
  #uri = '';
  #read: FileState | undefined;
  /** What is shown, as far as it's known. */
  #shown: Seen | undefined;
  /** What the last look saw. */
  #seen: Seen | undefined;
  /** What was told of last. */
  #told: Seen | undefined;

  constructor(current: () => TargetsSource | undefined, known: KnownFile, events: FileEvents) {
    this.#current = current;
    this.#known = known;
    this.#events = events;
  }

  async look(isOver: () => boolean): Promise<void> {
    const source = this.#current();
    const uri = fileOf(source);
    if (!source || !uri) return;
    const seen = await seenOf(uri);
    // Meanwhile another source may be shown.
    if (!seen || isOver() || fileOf(this.#current())?.toString() !== uri.toString()) return;
    this.#follow(uri.toString());
    const document = kindOf(source).openText?.(source);
    if (document?.isDirty) this.#shown = 'edited';
    else if (document && seen !== 'gone') this.#shown = seen;
    this.#shown ??= seen;
    if (!document) this.#compare(seen, uri);
  }

  #follow(uri: string): void {
    if (uri !== this.#uri) this.#read = this.#shown = this.#seen = this.#told = undefined;
    this.#uri = uri;
    const read = this.#known(uri);
    if (!read || read === this.#read) return;
    this.#read = read;
    this.#shown = read;
  }

  #compare(seen: Seen, uri: Uri): void {
    const [before, told, name] = [this.#seen, this.#told, fileNameOf(uri)];
    this.#seen = seen;
    if (isSame(seen, this.#shown)) {
      this.#told = undefined;
      // What was told of is no longer so.
      if (told && !isSame(told, seen)) this.#events.changed(changedOnDisk(name));
    } else if (!isSame(seen, told)) {
      const isStill = isSame(seen, before);
      if (seen === 'gone' || isStill) this.#told = seen;
      if (seen === 'gone') this.#events.gone(l10n.t('{0} was deleted or moved.', name));
      else if (isStill) this.#events.changed(changedOnDisk(name));
      // Elsewhere the times of files can't be relied on: some are those of the look.
      else if (uri.scheme === 'file')
        this.#events.changing(l10n.t('{0} changed on disk. It will be reloaded once it’s complete.', name));
    }
  }
}

function fileOf(source: TargetsSource | undefined): Uri | undefined {
  return source && kindOf(source).file?.(source);
}

function isSame(a: Seen | undefined, b: Seen | undefined): boolean {
  return typeof a === 'object' && typeof b === 'object' ? isSameState(a, b) : a === b;
}

/** Undefined if that can't be told now, as while a connection is lost. */
async function seenOf(uri: Uri): Promise<Seen | undefined> {
  try {
    return await fileStateOf(uri);
  } catch (error) {
    return isGone(error) ? 'gone' : undefined;
  }
}
