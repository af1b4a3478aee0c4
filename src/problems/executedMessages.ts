import * as l10n from '@vscode/l10n';
import type { ExecutedFinding, IgnoredRows } from '../analysis/checks/executedFindings.ts';
import type { LossConfig } from '../analysis/lossConfig.ts';
import { clippedCode } from '../words/clipped.ts';
import { literal, plain } from '../words/numberFormat.ts';
import type { Sentences } from '../words/sentences.ts';
import { withPlace } from './placeWords.ts';

/** Of code in a sentence. */
const MOST_LETTERS = 80;

/** What running a loss showed to be wrong with it. */
export const EXECUTED_MESSAGES: Sentences<'rule', ExecutedFinding, [config: LossConfig]> = {
  'targets-sum': ({ on, off, sum, classes, place }, { name }) =>
    withPlace(
      l10n.t(
        'The targets of {0} sum to {1}, not 1: the true class gets {2}, every other class {3} (K = {4}).',
        name,
        plain(sum),
        plain(on),
        plain(off),
        classes,
      ),
      place,
    ),
  'ignored-rows': (finding, { name }) => withPlace(IGNORED[finding.how](finding, name), finding.place),
  'alpha-unused': ({ argument, fixed }, { name, alpha }) =>
    fixed === null
      ? l10n.t('{0} has no effect in {1}: its loss is the same for any value.', argument, name)
      : l10n.t(
          '{0} doesn’t set α in {1}: α is {2} there, whatever {0} is ({3} here).',
          argument,
          name,
          literal(fixed),
          clippedCode(alpha.text ?? '', MOST_LETTERS),
        ),
  'alpha-complement': ({ argument, alpha, place }, { name }) =>
    withPlace(
      l10n.t(
        '{1} takes {0} as the share the true class keeps: {0} = {2} smooths by {3}.',
        argument,
        name,
        plain(alpha),
        plain(1 - alpha),
      ),
      place,
    ),
  'mean-over-classes': ({ place }, { name }) =>
    withPlace(l10n.t('{0} also averages over the classes, so its loss is divided by K.', name), place),
  'weights-unused': (_, { name }) => l10n.t('{0} is given class weights, but never uses them.', name),
  'call-fails': ({ error, message, place }, { name }) =>
    withPlace(
      l10n.t(
        'Calling {0} always raises {1}.',
        name,
        clippedCode(message === '' ? error : `${error}: ${message}`, MOST_LETTERS),
      ),
      place,
    ),
};

const IGNORED: Readonly<Record<IgnoredRows['how'], (finding: IgnoredRows, name: string) => string>> = {
  fails: ({ index, error }, name) =>
    l10n.t(
      'Rows with the target {0} should be ignored, but {1} raises {2} for them.',
      index,
      name,
      error ?? '',
    ),
  stillCounts: ({ index }, name) =>
    l10n.t(
      'Rows with the target {0} should be ignored, but they still count in the loss of {1}.',
      index,
      name,
    ),
  zeroInMean: ({ index }, name) =>
    l10n.t(
      'Rows with the target {0} count as 0 in the mean of {1}, so the loss falls with every ignored row.',
      index,
      name,
    ),
};
