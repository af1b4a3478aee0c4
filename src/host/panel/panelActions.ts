import type { AlphaProposal, ShownAlpha } from '../../protocol/alphaChannel.ts';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import type { SourceProblem } from '../sources/readSource.ts';
import type { Source, TargetsSource } from '../sources/source.ts';
import type { ConfigPlace, Made, Written } from './writtenAlpha.ts';

/** What a panel needs others for. */
export interface PanelActions {
  /** Opens a file that was dropped on the panel. */
  openDropped(source: Source): Promise<void>;
  /** Asks for other targets. Null for those that come with the logits; undefined if the user doesn't say. */
  chooseTargets(
    source: Source,
    summary: BatchSummary,
  ): Promise<Outcome<TargetsSource | null, SourceProblem> | undefined>;
  /** What it takes to have this α where code has it. */
  previewAlpha(place: ConfigPlace, shown: ShownAlpha): Promise<AlphaProposal>;
  applyAlpha(id: string): Promise<Written>;
  undoAlpha(id: string): Promise<Made | { readonly why: string }>;
}
