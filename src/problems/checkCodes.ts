import type { LossFinding } from '../analysis/checks/findings.ts';

/** What a check is known by: in problems, settings, comments and docs/checks.md. They never change. */
export type CheckCode = (typeof CHECK_CODES)[number];

/** All of them, in order. Numbers that are left out are kept for what isn't checked. */
export const CHECK_CODES = [
  'SL001',
  'SL002',
  'SL003',
  'SL004',
  'SL005',
  'SL006',
  'SL007',
  'SL008',
  'SL009',
  'SL010',
  'SL011',
  'SL014',
  'SL015',
  'SL018',
  'SL020',
  'SL021',
  'SL022',
  'SL023',
  'SL024',
] as const;

const BY_RULE: Readonly<Record<Exclude<LossFinding['rule'], 'alpha-range'>, CheckCode>> = {
  'no-such-argument': 'SL003',
  'other-parameter': 'SL010',
  'confidence-alpha': 'SL002',
  'boolean-alpha': 'SL002',
  'old-release': 'SL015',
  'probabilities-as-logits': 'SL006',
  'logits-as-probabilities': 'SL006',
  'weights-move-optimum': 'SL005',
  'smoothed-twice': 'SL007',
  'smoothed-evaluation': 'SL008',
  'smoothed-stopping': 'SL008',
  'smoothed-perplexity': 'SL008',
  'masked-logits': 'SL009',
  'padding-counts': 'SL011',
  'trainer-accumulation': 'SL014',
  'trainer-multi-label': 'SL014',
  'trainer-own-loss': 'SL014',
  'overwritten-loss': 'SL018',
  'smoothed-teacher': 'SL020',
  'targets-sum': 'SL004',
  'ignored-rows': 'SL011',
  'alpha-unused': 'SL021',
  'alpha-complement': 'SL021',
  'mean-over-classes': 'SL022',
  'weights-unused': 'SL023',
  'call-fails': 'SL024',
};

/** The check that a finding is of. */
export function checkCodeOf(finding: LossFinding): CheckCode {
  if (finding.rule !== 'alpha-range') return BY_RULE[finding.rule];
  return finding.found >= 0 && !finding.percent ? 'SL001' : 'SL002';
}

const TITLES: Readonly<Record<CheckCode, string>> = {
  SL001: 'α is outside the range of the API',
  SL002: 'α is negative, NaN, a boolean, a percentage or a confidence',
  SL003: 'The API has no such argument',
  SL004: 'Hand-written targets don’t sum to 1',
  SL005: 'Class weights move the optimum to another class',
  SL006: 'Probabilities where logits are expected, or the other way round',
  SL007: 'Targets are smoothed twice',
  SL008: 'The smoothed loss is used to evaluate',
  SL009: 'Masked classes have a share of α',
  SL010: 'α is passed to another parameter',
  SL011: 'Rows to be ignored still count',
  SL014: 'Label smoothing in Hugging Face’s Trainer doesn’t do what it seems to',
  SL015: 'The pinned release doesn’t have the argument',
  SL018: 'A smoothed loss is overwritten before it’s used',
  SL020: 'A student learns from a smoothed teacher',
  SL021: 'α has no effect, or the opposite effect',
  SL022: 'The mean is also over the classes',
  SL023: 'Class weights are never used',
  SL024: 'Calling the loss always fails',
};

/** What a check is about, in English: docs/checks.md has it as a heading. */
export function titleOf(code: CheckCode): string {
  return TITLES[code];
}
