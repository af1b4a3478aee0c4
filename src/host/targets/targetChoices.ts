import * as v from 'valibot';
import type { Memento } from 'vscode';
import { cellAt, lastingAddressOf } from '../notebook/cellAddress.ts';
import { type CellSource, cellSchema, type TargetsSource } from '../sources/source.ts';

const KEY = 'smoothLabels.notebookTargets';

/** For each notebook, for each of its logits: where their targets are; null if they're to be assumed. */
const choicesSchema = v.record(v.string(), v.record(v.string(), v.nullable(cellSchema)));

/** Which targets were chosen for the logits of a notebook: kept for the workspace. */
export class TargetChoices {
  readonly #state: Pick<Memento, 'get' | 'update'>;

  constructor(state: Pick<Memento, 'get' | 'update'>) {
    this.#state = state;
  }

  /** Null if none were wanted; undefined if nothing was chosen. */
  of(logits: CellSource): CellSource | null | undefined {
    return this.#all()[logits.notebook]?.[keyOf(logits)];
  }

  /** Keeps a choice, if it's one of the notebook: a selection is of the moment. */
  async choose(logits: CellSource, targets: TargetsSource | null): Promise<void> {
    if (targets && targets.kind !== 'cell') return;
    const all = this.#all();
    const { notebook } = logits;
    const choices = { ...all[notebook], [keyOf(logits)]: targets && lasting(targets) };
    await this.#state.update(KEY, { ...all, [notebook]: choices });
  }

  #all(): v.InferOutput<typeof choicesSchema> {
    const kept = v.safeParse(choicesSchema, this.#state.get(KEY));
    return kept.success ? kept.output : {};
  }
}

function keyOf(logits: CellSource): string {
  return [lasting(logits).cell, logits.output, logits.member ?? ''].join('/');
}

/** The same when the notebook is opened again. */
function lasting(source: CellSource): CellSource {
  const cell = cellAt(source);
  return cell ? { ...source, ...lastingAddressOf(cell) } : source;
}
