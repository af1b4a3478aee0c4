import * as v from 'valibot';
import type { Memento } from 'vscode';
import type { Unfolded } from '../../protocol/panelSnapshot.ts';
import { MEMENTOS } from '../contributions.ts';
import { unfoldedSchema } from './page/requestSchemas.ts';

const FOLDED: Unfolded = { explain: false, more: false };

/** What of the panel isn't folded away, for all windows. */
export class KeptFolds {
  readonly #state: Pick<Memento, 'get' | 'update'>;
  /** Updates arrive late. */
  #last: Unfolded | undefined;

  constructor(state: Pick<Memento, 'get' | 'update'>) {
    this.#state = state;
  }

  get unfolded(): Unfolded {
    if (!this.#last) {
      const kept = v.safeParse(unfoldedSchema, this.#state.get(MEMENTOS.unfolded));
      this.#last = kept.success ? kept.output : FOLDED;
    }
    return this.#last;
  }

  keep(unfolded: Unfolded): void {
    this.#last = unfolded;
    void this.#state.update(MEMENTOS.unfolded, unfolded);
  }
}
