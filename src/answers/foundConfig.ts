import type { ExecutedLoss, PendingLoss } from '../analysis/claims/executedLoss.ts';
import { claimsOf } from '../analysis/claims/lossClaims.ts';
import { isStated, type KnownClasses } from '../analysis/classes/knownClasses.ts';
import type { AlphaState, LossConfig } from '../analysis/lossConfig.ts';
import type { SourceSpan } from '../analysis/sourcePlace.ts';
import { checkCodeOf } from '../problems/checkCodes.ts';
import { executedWords } from '../problems/executedWords.ts';
import { findingMessage } from '../problems/findingMessages.ts';
import type { Place } from '../protocol/engineChannel.ts';

/** A loss configuration, for other extensions: what its lens says. What isn't known is undefined or null. */
export interface FoundLossConfig {
  /** The call or the config entry; zero-based, characters in UTF-16 code units. */
  range: FoundRange;
  /** An id of docs/semantics.md; else the name of the class, function, key or flag. */
  api: string;
  /** Empty for what frameworks share, such as a key of a config file. */
  framework: string;
  convention?: string;
  /** `alpha.value`. */
  labelSmoothing?: number;
  /**
   * `known`: the code says it. `default`: the API's default is used. `callers`: a caller, a command line or a file may set it, and
   * `value` is what it is otherwise. `several`: one of `values`.
   */
  alpha: { value?: number; state: AlphaState; values?: number[] };
  numClasses?: number;
  /** Said by the code, inferred from it, or set in VS Code; null: K isn't known. */
  numClassesFrom: 'code' | 'inferred' | 'set' | null;
  /** Of the true class, of every other class, and of all of them together; `soft`: probabilities, whatever those are. */
  targets: { on: number; off: number; sum: number } | 'soft' | null;
  form: 'ce' | 'kl' | 'sigmoid' | 'focal' | 'sum' | 'other' | null;
  /** The lowest loss of a row, in nats. */
  floor: number | null;
  problems: { code: string; message: string; range: FoundRange }[];
  /** Of a hand-written loss: it was read, it couldn't be from some line on, or it raises an error. */
  executed: 'read' | 'stopped' | 'fails' | null;
  /** What the hover says of that, and the line of this document it's about, if it's one; null where none was run. */
  execution: { message: string; range: FoundRange | null } | null;
}

interface FoundRange {
  start: Place;
  end: Place;
}

/** What other extensions are told of a configuration. */
export function foundConfig(
  config: LossConfig,
  classes: KnownClasses | null,
  rangeOf: (span: SourceSpan) => FoundRange,
): FoundLossConfig {
  const { api, framework, alpha, executed, findings } = config;
  const form = config.form ?? config.looksLike ?? null;
  const { value, state, values } = alpha;
  const ran = executed?.kind === 'pending' ? null : executed;
  const { convention, targets, floor } = claimsOf(config, classes?.value ?? null);
  return {
    range: rangeOf(config.span),
    api,
    framework: framework ?? '',
    ...(convention !== null && { convention }),
    ...(value !== undefined && { labelSmoothing: value }),
    alpha: {
      ...(value !== undefined && { value }),
      state,
      ...(values.length > 0 && { values: [...values] }),
    },
    ...(classes && { numClasses: classes.value }),
    numClassesFrom: classes && classesFrom(classes),
    targets: targets === null || targets === 'soft' ? targets : { ...targets },
    form,
    floor,
    problems: findings.map((finding) => ({
      code: checkCodeOf(finding),
      message: findingMessage(finding, config),
      range: rangeOf(finding.span),
    })),
    executed: ran?.kind ?? null,
    execution: ran && { message: executedWords(config), range: rangeRun(ran, rangeOf) },
  };
}

/** Of what stands in this document. */
function rangeRun(
  executed: Exclude<ExecutedLoss, PendingLoss>,
  rangeOf: (span: SourceSpan) => FoundRange,
): FoundRange | null {
  const place = executed.kind === 'read' ? executed.made?.place : executed.place;
  return place && place.cell === undefined && place.module === undefined ? rangeOf(place.span) : null;
}

function classesFrom(classes: KnownClasses): 'code' | 'inferred' | 'set' {
  if (classes.by !== 'code') return 'set';
  return isStated(classes.guess) ? 'code' : 'inferred';
}
