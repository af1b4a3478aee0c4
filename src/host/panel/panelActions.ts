import type { BatchSummary } from '../../protocol/engineChannel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';
import type { SourceProblem } from '../sources/readSource.ts';
import type { Source } from '../sources/source.ts';
import type { AlphaWriter } from './writtenAlpha.ts';

/** What a panel needs others for. */
export interface PanelActions {
  /** Opens a file that was dropped on the panel. */
  openDropped(source: Source): Promise<void>;
  /** Asks for other targets. Null for those that come with the logits; undefined if the user doesn't say. */
  chooseTargets(
    source: Source,
    summary: BatchSummary,
  ): Promise<Outcome<TargetsSource | null, SourceProblem> | undefined>;
  readonly alphaWriter: AlphaWriter;
}
