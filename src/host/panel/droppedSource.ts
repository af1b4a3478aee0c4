import { l10n, Uri } from 'vscode';
import type { Dropped } from '../../protocol/panelChannel.ts';
import { MOST_DROPPED_BYTES } from '../../protocol/panelChannel.ts';
import { count } from '../../words/numberFormat.ts';
import { documentSource } from '../sources/kinds/documentSource.ts';
import { fileSource } from '../sources/kinds/fileSource.ts';
import type { Source } from '../sources/source.ts';

/** What was dropped, as a source; or a sentence why it can't be one. */
export function droppedSource(dropped: Dropped): Source | string {
  if ('bytes' in dropped) return fileSource(dropped.name, dropped.bytes);
  if ('tooLarge' in dropped) {
    const [has, most] = [dropped.tooLarge, MOST_DROPPED_BYTES].map((bytes) => count(Math.ceil(bytes / 1e6)));
    return l10n.t(
      '{0} is {1} MB, and at most {2} MB can be dropped. Use “Choose a file…”, which reads it piece by piece.',
      dropped.name,
      has!,
      most!,
    );
  }
  const [first] = dropped.uris;
  if (first === undefined) return l10n.t('What you dropped isn’t a file.');
  return documentSource(Uri.parse(first));
}
