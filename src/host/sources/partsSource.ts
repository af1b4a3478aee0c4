import { l10n, Uri, workspace } from 'vscode';
import { MOST_DROPPED_BYTES } from '../../protocol/panelChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { count } from '../../words/numberFormat.ts';
import { type TextSource, textSource } from './kinds/textSource.ts';

/** The files that were chosen together, if they may be parts of one batch: row statistics, as docs/scale.md has them. */
export function batchParts(chosen: unknown): readonly Uri[] | undefined {
  if (!Array.isArray(chosen) || chosen.length < 2) return undefined;
  return chosen.every((uri): uri is Uri => uri instanceof Uri && /\.jsonl?$/i.test(uri.path))
    ? chosen
    : undefined;
}

/** Several files as one text, a line or more each; or a sentence why not. They aren't followed. */
export async function partsSource(uris: readonly Uri[]): Promise<Outcome<TextSource, string>> {
  let [size, text] = [0, ''];
  for (const uri of uris) {
    const bytes = await workspace.fs.readFile(uri);
    size += bytes.length;
    if (size > MOST_DROPPED_BYTES)
      return failure(
        l10n.t(
          'Together these files are larger than {0} MB. Open them one by one.',
          count(MOST_DROPPED_BYTES / 1e6),
        ),
      );
    text += `${new TextDecoder().decode(bytes)}\n`;
  }
  const [first] = uris as readonly [Uri];
  const name = first.path.slice(first.path.lastIndexOf('/') + 1);
  return success(textSource(l10n.t('{0} and {1} more', name, count(uris.length - 1)), text));
}
