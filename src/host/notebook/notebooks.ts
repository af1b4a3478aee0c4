import type { Memento, NotebookCell, NotebookCellStatusBarItem } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import { type Outcome, success } from '../../readers/outcome.ts';
import { type ReadSource, readSource, type SourceProblem, withLateProgress } from '../sources/readSource.ts';
import type { CellSource, Source, TargetsSource } from '../sources/source.ts';
import { chooseTargets } from '../targets/chooseCellTargets.ts';
import { findTargets } from '../targets/findCellTargets.ts';
import { TargetChoices } from '../targets/targetChoices.ts';
import { statusBarItem } from './cellStatusBar.ts';
import { CellTensors } from './cellTensors.ts';
import { chooseLogits } from './chooseLogits.ts';

export interface ReadCell {
  readonly source: Source;
  readonly opened: ReadSource;
}

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
  async read(cell: NotebookCell): Promise<Outcome<ReadCell, SourceProblem> | undefined> {
    const chosen = await chooseLogits(this.#tensors, cell);
    if (!chosen?.ok) return chosen;
    const logits = chosen.value;
    const read = await this.#read(logits);
    if (!read.ok || read.value.opened.summary.targetsFrom !== 'argmax') return read;
    const { summary, batch } = read.value.opened;
    const targets = await chooseTargets(this.#engine, this.#tensors, this.#choices, logits, summary);
    if (targets === null) return read;
    void this.#engine.release(batch);
    return targets && this.#read({ ...logits, targets });
  }

  /** What may be the targets of a cell's logits. */
  findTargets(logits: CellSource, fitting: Pick<BatchSummary, 'shape' | 'classAxis'>) {
    return findTargets(this.#engine, this.#tensors, logits, fitting);
  }

  /** Keeps a choice for the next time these logits are opened. */
  remember(logits: CellSource, targets: TargetsSource | null): Promise<void> {
    return this.#choices.choose(logits, targets);
  }

  async #read(source: CellSource & Source): Promise<Outcome<ReadCell, SourceProblem>> {
    const read = await withLateProgress(source, (following) =>
      readSource(this.#engine, source, {}, following),
    );
    return read.ok ? success({ source, opened: read.value }) : read;
  }
}
