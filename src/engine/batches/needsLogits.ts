import type { LogitsSource } from '../measure/rowsFile.ts';
import type { MeasuredElsewhere } from '../origins/origin.ts';

/** A question that row statistics don't answer. The panel doesn't ask it: `BatchSummary.holds` says what there is. */
export class NeedsLogitsError extends Error {
  override readonly name = 'NeedsLogitsError';
}

/** The logits of a batch. Throws NeedsLogitsError if they're elsewhere. */
export function logitsOf(source: LogitsSource | MeasuredElsewhere): LogitsSource {
  if ('statistics' in source)
    throw new NeedsLogitsError('Only row statistics are here; this needs the logits');
  return source;
}
