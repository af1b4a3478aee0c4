import type { LossFinding } from '../analysis/checks/findings.ts';
import type { Fix } from '../analysis/checks/fix.ts';
import type { LossConfig } from '../analysis/lossConfig.ts';
import type { SourceSpan } from '../analysis/sourcePlace.ts';
import { type CheckCode, checkCodeOf } from './checkCodes.ts';
import { findingMessage } from './findingMessages.ts';
import type { IgnoreComments } from './ignoreComments.ts';
import { type Severity, severityOf } from './severity.ts';

/** A finding, as people are told of it. */
export interface Problem {
  readonly code: CheckCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span: SourceSpan;
  readonly fix: Fix | null;
  readonly finding: LossFinding;
}

/** How much each check matters, by its code; `off`: it isn't shown. */
export type SeverityChoices = Readonly<Partial<Record<string, Severity | 'off'>>>;

/** What there is to say of a configuration, where no comment and no setting silences it. */
export function problemsOf(
  config: LossConfig,
  comments: IgnoreComments,
  choices: SeverityChoices = {},
): readonly Problem[] {
  return config.findings.flatMap((finding) => {
    const code = checkCodeOf(finding);
    const severity = choices[code] ?? severityOf(finding);
    if (severity === 'off' || isSilenced(comments, code, finding.span, config.span)) return [];
    const { span, fix } = finding;
    return [{ code, severity, message: findingMessage(finding, config), span, fix, finding }];
  });
}

/** Without what is already said in a place: two calls of a definition have its mistakes in common. */
export function withoutRepeats<P>(given: readonly P[], problemOf: (each: P) => Problem): readonly P[] {
  const said = new Set<string>();
  return given.filter((each) => {
    const { code, span, message } = problemOf(each);
    const key = `${code} ${span.from} ${span.to} ${message}`;
    return !said.has(key) && said.add(key);
  });
}

/** By a comment where the problem is shown, or where the loss is. */
function isSilenced(comments: IgnoreComments, code: string, shown: SourceSpan, loss: SourceSpan): boolean {
  return comments.silence(code, shown.from) || comments.silence(code, loss.from);
}
