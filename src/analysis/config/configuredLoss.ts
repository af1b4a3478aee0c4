import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { NamedLoss } from '../../frameworks/specOf.ts';
import { outsideRange } from '../checks/alphaRange.ts';
import { formByName } from '../claims/formByName.ts';
import { formOf } from '../claims/formOf.ts';
import type { LossConfig } from '../lossConfig.ts';

/** What is known of a configuration before it's checked. */
interface Configured
  extends Pick<
    LossConfig,
    'kind' | 'name' | 'convention' | 'span' | 'line' | 'callee' | 'alpha' | 'classes' | 'weighted'
  > {
  readonly entry: FrameworkApi | null;
  readonly by: LossConfig['conventionBy'];
  /** α is written as an integer. */
  readonly integer: boolean;
  /** What stands around a key or a flag that frameworks share: keys above, names of losses, a command. Absent: that says nothing. */
  readonly around?: readonly string[];
}

/** A configuration that isn't a call. */
export function configured({ entry, by, integer, alpha, around, ...rest }: Configured): LossConfig {
  const outside = outsideRange(entry, alpha, integer);
  const loss: NamedLoss = {
    ...(entry && { api: entry.id }),
    ...(rest.convention && { convention: rest.convention }),
    ...(alpha.value !== undefined && { labelSmoothing: alpha.value }),
  };
  return {
    ...rest,
    api: entry?.id ?? rest.name,
    entry,
    framework: entry?.framework ?? null,
    conventionBy: by,
    alpha,
    labels: entry?.takes === 'probabilities' ? 'soft' : 'hard',
    input: null,
    form: formOf(entry, rest.convention),
    ...(!entry && around && { looksLike: formByName([rest.name, ...around]) }),
    sum: null,
    executed: null,
    loss,
    findings: outside ? [outside] : [],
  };
}
