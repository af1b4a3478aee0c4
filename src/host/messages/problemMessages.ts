import { l10n } from 'vscode';
import { type BatchGoneError, EngineStoppedError } from '../../engine/engineClient.ts';
import { sentenceFrom } from '../../words/sentences.ts';
import type { SourceProblem } from '../sources/readSource.ts';
import { BATCH_SENTENCES } from './batchMessages.ts';
import { FILE_SENTENCES } from './fileMessages.ts';
import { MEMBER_SENTENCES } from './memberMessages.ts';
import type { ProblemSentences } from './sentencePlace.ts';
import { TARGET_SENTENCES } from './targetMessages.ts';
import { TEXT_SENTENCES } from './textMessages.ts';

/** Why something wasn't answered: the engine has stopped, or no longer has what it's about. */
export function describeStop(error: EngineStoppedError | BatchGoneError): string {
  if (!(error instanceof EngineStoppedError))
    return l10n.t('These logits are no longer in memory. Run “Smooth labels” again.');
  return error.reason === 'deaf'
    ? l10n.t('A cancelled computation didn’t stop, so the engine was restarted. Run “Smooth labels” again.')
    : l10n.t('The computation stopped: {0}. Run “Smooth labels” again.', error.message);
}

/** A sentence a person can act on: what is wrong, where (lines count from 1), and what would be right. */
export function describeProblem(problem: SourceProblem): string {
  const place = 'place' in problem ? problem.place : null;
  const line = (place?.line ?? 0) + 1;
  // Files of numbers have no lines.
  const where = place ? l10n.t(' (line {0})', line) : '';
  const sentence = sentenceFrom(SENTENCES, 'reason', problem, { line, where });
  return problem.of === 'targets' ? l10n.t('Targets: {0}', sentence) : sentence;
}

const SENTENCES: ProblemSentences = {
  ...TEXT_SENTENCES,
  ...BATCH_SENTENCES,
  ...TARGET_SENTENCES,
  ...FILE_SENTENCES,
  ...MEMBER_SENTENCES,
  gone: ({ message }) => message,
};
