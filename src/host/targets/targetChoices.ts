import * as v from 'valibot';
import type { Memento } from 'vscode';
import { MEMENTOS } from '../contributions.ts';
import type { CellOutput } from '../notebook/cellAddress.ts';
import { type CellSource, cellSchema, cellSource, lastingCell } from '../sources/kinds/cellSource.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';
import { outputOf } from '../sources/source.ts';

const KEY = MEMENTOS.notebookTargets;

/** For each notebook, for each of its logits: where their targets are; null if they're to be assumed. */
const choicesSchema = v.record(v.string(), v.record(v.string(), v.nullable(cellSchema)));

/** Which targets were chosen for the logits of a notebook: kept for the workspace. */
export class TargetChoices {
  readonly #state: Pick<Memento, 'get' | 'update'>;

  constructor(state: Pick<Memento, 'get' | 'update'>) {
    this.#state = state;
  }

  /** Null if none were wanted; undefined if nothing was chosen. */
  of(logits: CellOutput): CellSource | null | undefined {
    return this.#all()[logits.notebook]?.[keyOf(logits)];
  }

  /** Keeps a choice, if it's one of the notebook: a selection is of the moment. */
  async choose(logits: CellOutput, targets: TargetsSource | null): Promise<void> {
    const output = targets && outputOf(targets);
    if (output === undefined) return;
    const all = this.#all();
    const { notebook } = logits;
    const choices = { ...all[notebook], [keyOf(logits)]: output && lastingCell(cellSource(output)) };
    await this.#state.update(KEY, { ...all, [notebook]: choices });
  }

  #all(): v.InferOutput<typeof choicesSchema> {
    const remembered = v.safeParse(choicesSchema, this.#state.get(KEY));
    return remembered.success ? remembered.output : {};
  }
}

function keyOf(logits: CellOutput): string {
  return [lastingCell(cellSource(logits)).cell, logits.output, logits.member ?? ''].join('/');
}
