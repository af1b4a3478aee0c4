import type { LogitsSource } from '../measure/rowsFile.ts';
import { areLogitsElsewhere, type Elsewhere } from '../origins/origin.ts';

/** A question that what was measured elsewhere doesn't answer. The panel doesn't ask it: `BatchSummary.holds` says what there is. */
export class NeedsLogitsError extends Error {
  override readonly name = 'NeedsLogitsError';
}

/** The logits of a batch. Throws NeedsLogitsError if they're elsewhere. */
export function logitsOf(source: LogitsSource | Elsewhere): LogitsSource {
  if (areLogitsElsewhere(source)) throw new NeedsLogitsError('The logits are elsewhere, and this needs them');
  return source;
}
