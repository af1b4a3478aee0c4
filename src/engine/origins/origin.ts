import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { RowStatistics } from '../../loss/rows/rowStatistics.ts';
import type { BatchSums } from '../../loss/sums/batchSums.ts';
import type { Work } from '../../loss/work.ts';
import type { PlacedProblem, PlaceRange, SourceMember } from '../../protocol/engineChannel.ts';
import type { FileOverview } from '../../readers/arrays/fileOverview.ts';
import type { TargetContext } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import type { LogitsBatch, TablePlace, ValueKind } from '../../readers/logitsBatch.ts';
import type { Outcome } from '../../readers/outcome.ts';
import type { Subscripts } from '../../readers/roles/namedArray.ts';
import type { FileOfRows } from '../measure/rowsFile.ts';

/** Row statistics without their logits, which are where they were measured. */
export interface MeasuredElsewhere {
  readonly statistics: RowStatistics;
}

/** Sums over rows, and the logits of some of them: (n, K), n may be 0. */
export interface SummedElsewhere {
  readonly sums: BatchSums;
  readonly sample: Float32Array;
}

/** What there is instead of logits. */
export type Elsewhere = MeasuredElsewhere | SummedElsewhere;

/** True where the logits are elsewhere. */
export function areLogitsElsewhere(source: object): source is Elsewhere {
  return 'statistics' in source || 'sums' in source;
}

/** Where whoever has the file finds just these logits: one of its arrays, as it is there. */
export interface ArrayInFile {
  readonly path: string;
  readonly format: 'npy' | 'npz' | 'safetensors' | 'torch' | 'hdf5';
  readonly name: string;
  /** Where it is in what PyTorch loads; undefined for the other formats. */
  readonly subscripts?: Subscripts;
}

/** Where whoever has a table finds just these logits in it. */
export interface ColumnsInFile {
  readonly path: string;
  readonly format: 'table';
  readonly place: TablePlace;
}

/** A batch whose logits are in memory, still in their file, or elsewhere. */
export interface ReadBatch {
  readonly inFile?: ArrayInFile | ColumnsInFile;
  readonly batch: Omit<LogitsBatch, 'values' | 'exact' | 'statistics' | 'sums' | 'inTable'>;
  readonly source: { readonly values: Floats } | { readonly file: FileOfRows } | Elsewhere;
}

/** Where a batch came from. It may have to be read again, as another choice of its class axis makes other rows. */
export interface Origin {
  /** `outputs`: what a binary model's are, where someone has said it; undefined: what they look like. */
  read(classAxis: number | undefined, outputs?: ValueKind): Work<Outcome<ReadBatch, PlacedProblem>>;
  /** The arrays there are to choose from. */
  listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>>;
  /** What is in a file of arrays; left out by what an editor shows anyway. */
  overview?(): Work<Outcome<FileOverview, PlacedProblem>>;
  /** Reads what it has as targets of logits from elsewhere. */
  readTargets(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>>;
  /** What is wrong if what was read isn't the file that is there by now. */
  check(): PlacedProblem | undefined;
  /** Where the batch lies in a document; null if it's in none. */
  range(batch: ReadBatch['batch']): PlaceRange | null;
  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange | null;
}
