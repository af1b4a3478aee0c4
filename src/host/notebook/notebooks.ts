import type { Memento, NotebookCell, NotebookCellStatusBarItem } from 'vscode';
import { tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import { BatchGoneError } from '../../engine/client/engineFailures.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import { success } from '../../readers/outcome.ts';
import { attachTargets } from '../sources/attachTargets.ts';
import { type CellSource, cellSource } from '../sources/kinds/cellSource.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';
import { readChosen, type UnreadSource } from '../sources/readChosen.ts';
import { type ReadSource, withLateProgress } from '../sources/readSource.ts';
import type { Source } from '../sources/source.ts';
import { chooseTargets } from '../targets/chooseCellTargets.ts';
import { findTargets } from '../targets/findCellTargets.ts';
import { TargetChoices } from '../targets/targetChoices.ts';
import { addressOf, type CellOutput } from './cellAddress.ts';
import { statusBarItem } from './cellStatusBar.ts';
import { CellTensors } from './cellTensors.ts';
import { chooseLogits } from './chooseLogits.ts';

type CellRead =
  | { readonly ok: true; readonly value: { readonly source: Source; readonly opened: ReadSource } }
  | UnreadSource<CellSource & Source>;

/** Reads the outputs of cells, and says below a cell when there's something to read. Needs no kernel. */
export class Notebooks {
  readonly #engine: EngineClient;
  readonly #tensors: CellTensors;
  readonly #choices: TargetChoices;

  constructor(engine: EngineClient, workspaceState: Memento) {
    this.#engine = engine;
    this.#tensors = new CellTensors(engine);
    this.#choices = new TargetChoices(workspaceState);
  }

  /** What says below a cell that its output can be opened. */
  statusBarItem(cell: NotebookCell): Promise<NotebookCellStatusBarItem | undefined> {
    return statusBarItem(this.#tensors, cell);
  }

  /** Reads logits and targets, asking which if there's a choice. Undefined if the user doesn't say. */
  async read(cell: NotebookCell): Promise<CellRead | undefined> {
    const chosen = await chooseLogits(this.#tensors, cell);
    if (chosen && !chosen.ok) return { ...chosen, source: cellSource({ ...addressOf(cell), output: 0 }) };
    return chosen && this.readChosen(cell, chosen.value);
  }

  /** The same of logits that were chosen before. */
  async readChosen(cell: NotebookCell, chosen: CellSource): Promise<CellRead | undefined> {
    const before = partsOf(cell, chosen);
    const read = await this.#read(chosen);
    if (!read?.ok || read.value.opened.summary.targetsFrom !== 'argmax') return read;
    const { opened, source: logits } = read.value;
    const { summary, batch } = opened;
    // Of other targets what was measured doesn't have the logits.
    if (logits.ownTargets === null || summary.holds !== 'logits') return read;
    const targets = await chooseTargets(this.#engine, this.#tensors, this.#choices, logits, summary);
    if (targets === null) return read;
    const source = targets && { ...logits, targets };
    const now = partsOf(cell, logits);
    // While it was asked which, the cell may have run again.
    if (source && now.length === before.length && now.every((part, i) => part === before[i]))
      return this.#attach(source, opened);
    void this.#engine.release(batch);
    return source && this.#read(source);
  }

  /** What may be the targets of a cell's logits. */
  findTargets(logits: CellOutput, fitting: Pick<BatchSummary, 'shape' | 'classAxis'>) {
    return findTargets(this.#engine, this.#tensors, logits, fitting);
  }

  /** Keeps a choice for the next time these logits are opened. */
  remember(logits: CellOutput, targets: TargetsSource | null): Promise<void> {
    return this.#choices.choose(logits, targets);
  }

  #read<S extends CellSource & Source>(source: S) {
    return readChosen(this.#engine, source);
  }

  /** Takes targets to logits that are open already. If that can't be done, they're closed. */
  async #attach(source: CellSource & Source, opened: ReadSource): Promise<CellRead | undefined> {
    let isOpen = false;
    try {
      const attached = await withLateProgress(source, (following) =>
        attachTargets(this.#engine, opened, source, {}, following),
      );
      isOpen = attached.ok;
      return attached.ok ? success({ source, opened: attached.value }) : { ...attached, source };
    } catch (error) {
      if (error instanceof BatchGoneError) return await this.#read(source);
      throw error;
    } finally {
      if (!isOpen) void this.#engine.release(opened.batch);
    }
  }
}

/** The text of an output as VS Code has it: others for another output. */
function partsOf(cell: NotebookCell, { output }: CellSource): readonly Uint8Array[] {
  return tensorTexts(cell)[output]?.parts ?? [];
}
