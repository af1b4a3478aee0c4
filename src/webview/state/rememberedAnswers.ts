import type { LossTotals } from '../../loss/batch/reduction.ts';
import type { Calibration, RowDetail } from '../../protocol/engineChannel.ts';
import type { PanelRequests } from '../../protocol/panelChannel.ts';

/** The last answer to a kind of question: leaving a view and coming back asks nobody. */
export interface Remembered<T> {
  last?: { readonly key: string; readonly value: T };
}

/** One row of two models. */
export interface TaughtRow extends RowDetail {
  /** (K) of the teacher, for the same row. */
  readonly teacher: Float64Array;
}

type Frameworks = ReturnType<PanelRequests['frameworks']>;

/** What a page was told by the engine, one answer of each kind. */
export class RememberedAnswers {
  readonly rowDetail: Remembered<RowDetail> = {};
  /** Of the row that makes the loss no number. */
  readonly troubledRow: Remembered<RowDetail> = {};
  readonly taughtRow: Remembered<TaughtRow> = {};
  /** With part of the view changed. */
  readonly otherTotals: Remembered<LossTotals> = {};
  readonly meanEntropy: Remembered<number> = {};
  readonly calibration: Remembered<Calibration> = {};
  readonly softFloors: Remembered<Float64Array> = {};
  #frameworks: Frameworks | undefined;

  /** Who uses which convention: asked for once, unless that fails. */
  frameworks(ask: () => Frameworks): Frameworks {
    this.#frameworks ??= ask().catch((error: unknown) => {
      this.#frameworks = undefined;
      throw error;
    });
    return this.#frameworks;
  }
}
