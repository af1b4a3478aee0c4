import { type TextDocument, type Uri, workspace } from 'vscode';
import { type FoundLossConfig, foundConfig } from '../../../answers/foundConfig.ts';
import type { ConfigPlace } from '../../panel/alpha/writtenAlpha.ts';
import type { KnownClassCounts } from '../classes/classCounts.ts';
import { nameOfDocument } from '../documents/cellDocuments.ts';
import { forEachConfig } from '../documents/eachConfig.ts';
import type { LossDocuments } from '../documents/lossDocuments.ts';
import { type CodeLoss, codeLoss } from '../nearby/codeLoss.ts';

/** The losses of whole files, as other parts of the extension and other extensions ask for them. */
export class FileLosses {
  readonly #documents: LossDocuments;
  readonly #counts: KnownClassCounts;

  constructor(documents: LossDocuments, counts: KnownClassCounts) {
    this.#documents = documents;
    this.#counts = counts;
  }

  /** With what the file imports: as its lenses have them once all were run. */
  async found(uri: Uri): Promise<FoundLossConfig[]> {
    const document = await workspace.openTextDocument(uri);
    const { configs } = await this.#documents.allOf(document);
    const placeOf = (offset: number) => {
      const { line, character } = document.positionAt(offset);
      return { line, character };
    };
    return forEachConfig(configs, (config) => [
      foundConfig(config, this.#counts.of(config, document), ({ from, to }) => ({
        start: placeOf(from),
        end: placeOf(to),
      })),
    ]);
  }

  /** Where they are, as `AlphaWriter` wants to know it. */
  async places(uri: Uri): Promise<ConfigPlace[]> {
    const document = await workspace.openTextDocument(uri);
    const { configs } = await this.#documents.of(document);
    return configs.map(({ name, callee }) => {
      const { line, character } = document.positionAt(callee.from);
      return { loss: name, name: nameOfDocument(document), uri: uri.toString(), line, character };
    });
  }

  /** As far as logits may be given them. */
  async forLogits(documents: readonly TextDocument[]): Promise<CodeLoss[]> {
    const found = await Promise.all(
      documents.map(async (document) => {
        const { configs } = await this.#documents.of(document);
        const indices = new Map(configs.map((config, index) => [config, index]));
        return forEachConfig(configs, (config) => [
          codeLoss(config, this.#counts.of(config, document), document, indices.get(config)!),
        ]);
      }),
    );
    return found.flat();
  }
}
