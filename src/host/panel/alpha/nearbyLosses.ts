import { type Disposable, type TextDocument, Uri, workspace } from 'vscode';
import type { ConfigSnapshot, NearbyLoss } from '../../../protocol/panelSnapshot.ts';
import { notebookOf } from '../../editor/documents/cellDocuments.ts';
import type { CodeLoss } from '../../editor/nearby/codeLoss.ts';
import { logFault } from '../../messages/faultLog.ts';
import { cellOfDocument } from '../../notebook/cellAddress.ts';
import { kindOf } from '../../sources/kinds/kindOf.ts';
import type { Source } from '../../sources/source.ts';
import { placeOfLoss } from './appliedAlpha.ts';

/** Finds the losses in the notebook or file at a URI, or in the files beside it. */
export type FindLosses = (uri: Uri, where: 'here' | 'beside') => Promise<readonly CodeLoss[]>;

/** Typing goes on for about this long between two looks at the code. */
const EDIT_PAUSE_MS = 300;
/** Logits are shown without their loss if looking for it takes longer. */
const PATIENCE_MS = 1_500;

/** The losses in code around the logits that are shown, kept up to date while the code is edited. */
export class NearbyLosses {
  readonly #find: FindLosses;
  readonly #changed: () => void;
  readonly #subscriptions: readonly Disposable[];
  /** The notebook or file the logits are in. */
  #uri: Uri | undefined;
  #here: readonly CodeLoss[] = [];
  #beside: readonly CodeLoss[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `changed`: other losses are found than before, or what is known of them is different. */
  constructor(find: FindLosses, changed: () => void) {
    this.#find = find;
    this.#changed = changed;
    this.#subscriptions = [
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#isNear(document)) this.#lookSoon();
      }),
      workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0 && notebook.uri.toString() === this.#uri?.toString()) this.#lookSoon();
      }),
    ];
  }

  /** The notebook or file of the logits; undefined where they're in none. */
  get place(): string | undefined {
    return this.#uri?.toString();
  }

  /** Turns to other logits. Resolves once the losses in their own notebook or file are known, or it takes too long. */
  async follow(source: Source): Promise<void> {
    const at = kindOf(source).exportsBeside?.(source);
    this.#uri = at === undefined ? undefined : Uri.parse(at);
    this.#here = [];
    this.#beside = [];
    clearTimeout(this.#timer);
    let isLate = false;
    const look = this.#look(() => isLate);
    await Promise.race([look, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    isLate = true;
  }

  /**
   * The loss the logits are of, without a doubt: all that their own notebook or file has come to the same. Settings that have its α,
   * too, say nothing else.
   */
  get only(): CodeLoss | undefined {
    const [first, ...others] = this.#here.filter(({ isSetting }) => !isSetting);
    if (!first || first.why !== null) return undefined;
    const isSame = others.every((loss) => loss.why === null && isSameLoss(loss, first));
    return isSame && this.#here.every((loss) => !loss.isSetting || hasSameAlpha(loss, first))
      ? first
      : undefined;
  }

  /** True if a loss is in the notebook or file that the logits are in. */
  isHere({ source: { uri } }: ConfigSnapshot): boolean {
    return (cellOfDocument(uri)?.notebook.uri.toString() ?? uri) === this.place;
  }

  /** The id of the one of these that a loss is; undefined if it's none of them. */
  idOf({ source: { uri, line, character } }: ConfigSnapshot): string | undefined {
    return [...this.#here, ...this.#beside].find(
      ({ config: { source } }) =>
        source.uri === uri && source.line === line && source.character === character,
    )?.id;
  }

  byId(id: string): CodeLoss | undefined {
    return [...this.#here, ...this.#beside].find((loss) => loss.id === id);
  }

  /** What is offered: one of each kind. Those of other files only where the logits' own has none. `taken`: its id. */
  offered(taken: string | undefined): readonly NearbyLoss[] {
    const found = this.#here.length > 0 ? this.#here : this.#beside;
    const losses = found.filter(
      (loss) => !loss.isSetting || !found.some((other) => !other.isSetting && hasSameAlpha(other, loss)),
    );
    const kinds = losses.filter((loss, i) => {
      const first = losses.findIndex((other) => isSameLoss(other, loss) && other.why === loss.why);
      return loss.id === taken || (first === i && !isTakenAlready(losses, loss, taken));
    });
    return kinds.map((loss) => ({
      id: loss.id,
      name: loss.config.name,
      labelSmoothing: loss.config.labelSmoothing,
      place: placeOfLoss(loss.config, found === this.#here),
      isHere: found === this.#here,
      isTaken: loss.id === taken,
      why: loss.why,
    }));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#uri = undefined;
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #isNear(document: TextDocument): boolean {
    if (!this.#uri) return false;
    const uri = notebookOf(document)?.uri ?? document.uri;
    return (
      uri.toString() === this.#uri.toString() ||
      Uri.joinPath(uri, '..').toString() === Uri.joinPath(this.#uri, '..').toString()
    );
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(() => true), EDIT_PAUSE_MS);
  }

  /** Resolves once the losses here are known. `isAwaited`: who asked has gone on, and has to be told. */
  async #look(isLate: () => boolean): Promise<void> {
    const uri = this.#uri;
    if (!uri) return;
    const isCurrent = () => this.#uri === uri;
    const here = await this.#found(uri, 'here');
    if (!isCurrent()) return;
    const before = this.#words();
    this.#here = here;
    if (isLate() && this.#words() !== before) this.#changed();
    if (here.length === 0) void this.#lookBeside(uri);
  }

  async #lookBeside(uri: Uri): Promise<void> {
    const beside = await this.#found(uri, 'beside');
    if (this.#uri !== uri) return;
    const before = this.#words();
    this.#beside = beside;
    if (this.#words() !== before) this.#changed();
  }

  /** Logits are shown whatever is wrong with the code around them. */
  async #found(uri: Uri, where: 'here' | 'beside'): Promise<readonly CodeLoss[]> {
    try {
      return await this.#find(uri, where);
    } catch (error) {
      logFault(`Losses near ${uri}`, error);
      return [];
    }
  }

  #words(): string {
    return JSON.stringify([this.#here, this.#beside]);
  }
}

function isTakenAlready(losses: readonly CodeLoss[], loss: CodeLoss, taken: string | undefined): boolean {
  const one = losses.find(({ id }) => id === taken);
  return one !== undefined && isSameLoss(one, loss);
}

function hasSameAlpha({ config: a }: CodeLoss, { config: b }: CodeLoss): boolean {
  return a.labelSmoothing !== null && a.labelSmoothing === b.labelSmoothing;
}

/** True if both have the same α, read in the same way, and say the same besides. */
function isSameLoss(a: CodeLoss, b: CodeLoss): boolean {
  const words = ({ config: { labelSmoothing, convention }, besides }: CodeLoss) =>
    JSON.stringify([labelSmoothing, convention, besides]);
  return words(a) === words(b);
}
