import type { PlacedProblem } from '../../protocol/engineChannel.ts';
import type { FileProblem } from '../../readers/readProblem.ts';

/** Why a source, or its targets, can't be had. */
type InputProblem = (
  | FileProblem
  /** `message` is a sentence for the user. */
  | { readonly reason: 'gone'; readonly message: string }
) &
  Pick<PlacedProblem, 'of'>;

/** Why a source can't be read. */
export type SourceProblem = PlacedProblem | InputProblem;
