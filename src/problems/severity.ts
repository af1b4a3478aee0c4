import type { LossFinding } from '../analysis/checks/findings.ts';

/** How much a problem matters. `hint`: a thing to think about, which may be meant. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** From the most to the least. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Where it's always the same. */
const FIXED: Partial<Readonly<Record<LossFinding['rule'], Severity>>> = {
  'boolean-alpha': 'error',
  'old-release': 'error',
  'call-fails': 'error',
  'smoothed-evaluation': 'hint',
  'smoothed-stopping': 'hint',
  'smoothed-perplexity': 'hint',
  // Some who write 0.9 mean it.
  'confidence-alpha': 'hint',
  // Not seen in public code yet, so nobody knows how often they're right: docs/checks.md.
  'weights-move-optimum': 'hint',
  'smoothed-twice': 'hint',
  'masked-logits': 'hint',
  'padding-counts': 'hint',
  'trainer-multi-label': 'hint',
  'overwritten-loss': 'hint',
  'smoothed-teacher': 'hint',
  'alpha-unused': 'hint',
  'alpha-complement': 'hint',
  'mean-over-classes': 'hint',
  'weights-unused': 'hint',
};

/** How much a finding matters, unless a setting says otherwise. */
export function severityOf(finding: LossFinding): Severity {
  switch (finding.rule) {
    case 'alpha-range':
      return finding.does === 'raises' ? 'error' : 'warning';
    case 'no-such-argument':
      // Of a release that isn't known the argument may be there.
      return finding.since === null ? 'error' : 'warning';
    case 'trainer-accumulation':
      // Of a release that isn't known it may be right.
      return finding.version === null ? 'hint' : 'warning';
    default:
      return FIXED[finding.rule] ?? 'warning';
  }
}
