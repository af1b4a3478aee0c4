import type { Work } from '../../loss/work.ts';
import type { Member, PlacedProblem, PlaceRange } from '../../protocol/engine.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import type { TargetContext } from '../../readers/json/targets.ts';
import type { LogitsBatch } from '../../readers/logitsBatch.ts';
import type { Outcome } from '../../readers/outcome.ts';
import type { FileOfRows } from '../measure/rowsFile.ts';

/** A batch whose logits are in memory, or still in their file. */
export interface ReadBatch {
  readonly batch: Omit<LogitsBatch, 'values'>;
  readonly source: { readonly values: Float32Array } | { readonly file: FileOfRows };
}

/** Where a batch came from. It may have to be read again, as another choice of its class axis makes other rows. */
export interface Origin {
  readWork(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>>;
  /** The arrays there are to choose from. */
  membersWork(): Work<Outcome<readonly Member[], PlacedProblem>>;
  /** Reads what it has as targets of logits from elsewhere. */
  targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>>;
  /** What is wrong if what was read isn't the file that is there by now. */
  check(): PlacedProblem | undefined;
  /** Where the batch lies in a document; null if it's in none. */
  range(batch: ReadBatch['batch']): PlaceRange | null;
  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange | null;
}
