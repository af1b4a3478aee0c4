import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import type { LearnPage } from '../../protocol/learnPages.ts';
import type { Outcome } from '../../readers/outcome.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';
import type { Source } from '../sources/source.ts';
import type { FindLosses } from './alpha/nearbyLosses.ts';
import type { AlphaWriter } from './alpha/writtenAlpha.ts';
import type { KeptFolds } from './keptFolds.ts';

/** What a panel needs others for. */
export interface PanelActions {
  /** Opens a file that was dropped on the panel. */
  openDropped(source: Source): Promise<void>;
  /** Asks for other targets. Null for those that come with the logits; undefined if the user doesn't say. */
  chooseTargets(
    source: Source,
    summary: BatchSummary,
  ): Promise<Outcome<TargetsSource | null, SourceProblem> | undefined>;
  /** Asks for logits, and shows them. */
  chooseLogits(): Promise<void>;
  /** The page about measuring where the logits are. */
  openScaleDocs(): Promise<void>;
  openLearn(page: LearnPage): Promise<void>;
  readonly alphaWriter: AlphaWriter;
  readonly findLosses: FindLosses;
  readonly folds: KeptFolds;
}
