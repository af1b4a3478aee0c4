import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import { labelText } from '../../escape/label.ts';
import type { AlphaApplied, AlphaProposal, AlphaUndone, ShownAlpha } from '../../protocol/alphaChannel.ts';
import type { RegisteredEditor } from '../editor/registerEditor.ts';
import type { ConfigPlace } from '../panel/alpha/writtenAlpha.ts';
import { revealConfig } from '../panel/revealConfig.ts';

interface PlaceItem extends QuickPickItem {
  readonly place: ConfigPlace;
}

/** Sets α of the lab in code that's open in an editor. */
export class LabAlpha {
  readonly #hints: Pick<RegisteredEditor, 'lossPlaces' | 'alphaWriter'>;

  constructor(hints: Pick<RegisteredEditor, 'lossPlaces' | 'alphaWriter'>) {
    this.#hints = hints;
  }

  async preview(shown: ShownAlpha): Promise<AlphaProposal> {
    const places = await this.#placesInEditors();
    if (places.length === 0)
      return {
        why: l10n.t('No loss is open in an editor. Open the file with your loss, then apply α again.'),
      };
    const place = places.length === 1 ? places[0] : await chosenPlace(places);
    if (!place) return { why: l10n.t('No loss was chosen.') };
    return this.#hints.alphaWriter.preview(place, shown);
  }

  async apply(id: string): Promise<AlphaApplied> {
    const written = await this.#hints.alphaWriter.apply(id);
    if (!('done' in written)) return written;
    await revealConfig({ source: written.at }, true);
    return { done: written.done, undo: written.undo };
  }

  async undo(id: string): Promise<AlphaUndone> {
    const undone = await this.#hints.alphaWriter.undo(id);
    if (!('done' in undone)) return undone;
    await revealConfig({ source: undone.at }, true);
    return { done: undone.done };
  }

  /** The losses of all files that have an editor, seen or not. */
  async #placesInEditors(): Promise<ConfigPlace[]> {
    const open = window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.flatMap(({ input }) => (isOfText(input) ? [input.uri.toString()] : [])),
    );
    const places: ConfigPlace[] = [];
    for (const uri of new Set(open)) {
      // A file that is no text has no losses.
      places.push(...(await this.#hints.lossPlaces(Uri.parse(uri)).catch(() => [])));
    }
    return places;
  }
}

function isOfText(input: unknown): input is { readonly uri: Uri } {
  return typeof input === 'object' && input !== null && 'uri' in input && input.uri instanceof Uri;
}

async function chosenPlace(places: readonly ConfigPlace[]): Promise<ConfigPlace | undefined> {
  const items = places.map(
    (place): PlaceItem => ({
      label: labelText(place.loss),
      description: labelText(l10n.t('{0}, line {1}', place.name, place.line + 1)),
      place,
    }),
  );
  const title = l10n.t('Which loss gets this α?');
  return (await window.showQuickPick(items, { title }))?.place;
}
