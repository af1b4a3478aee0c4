import * as l10n from '@vscode/l10n';
import { sentenceFrom } from '../../words/sentences.ts';
import { BATCH_SENTENCES } from './batchMessages.ts';
import { FILE_SENTENCES } from './fileMessages.ts';
import { MEMBER_SENTENCES } from './memberMessages.ts';
import type { ProblemSentences } from './sentencePlace.ts';
import type { SourceProblem } from './sourceProblem.ts';
import { TARGET_SENTENCES } from './targetMessages.ts';
import { TEXT_SENTENCES } from './textMessages.ts';

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
