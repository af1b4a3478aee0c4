import { l10n, Uri } from 'vscode';
import { type Dropped, MOST_DROPPED_BYTES } from '../../protocol/panelChannel.ts';
import { sourceOfFile } from '../sources/findSource.ts';
import type { Source } from '../sources/source.ts';

/** What was dropped, as a source; or a sentence why it can't be one. */
export function droppedSource(dropped: Dropped): Source | string {
  if ('bytes' in dropped) return { kind: 'file', name: dropped.name, bytes: dropped.bytes };
  if ('tooLarge' in dropped) {
    const [has, most] = [dropped.tooLarge, MOST_DROPPED_BYTES].map((bytes) =>
      Math.ceil(bytes / 1e6).toLocaleString(),
    );
    return l10n.t(
      '{0} has {1} MB; {2} MB is the most that can be dropped. Use “Choose a file…”, which reads it piece by piece.',
      dropped.name,
      has!,
      most!,
    );
  }
  const [first] = dropped.uris;
  if (first === undefined) return l10n.t('There is no file in what was dropped.');
  return sourceOfFile(Uri.parse(first));
}
