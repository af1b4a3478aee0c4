import type { UsageFinding } from '../../checks/usageFindings.ts';
import type { Recognizing } from '../losses/recognized.ts';
import { booleanAlpha, confidenceAlpha, oldRelease } from './alphaChecks.ts';
import { smoothedEvaluation, smoothedPerplexity, smoothedStopping } from './evaluationChecks.ts';
import { logitsAsProbabilities, maskedLogits, probabilitiesAsLogits } from './inputChecks.ts';
import { overwrittenLoss, paddingCounts, smoothedTeacher } from './replacedChecks.ts';
import { withSureUses } from './sureUses.ts';
import { trainerChecks } from './trainerChecks.ts';
import { smoothedTwice } from './twiceCheck.ts';
import type { UsedLoss } from './usedLoss.ts';
import { weightsMoveOptimum } from './weightCheck.ts';

/** What is wrong with how a loss is used, as far as its module shows it. */
export function usageChecks(given: UsedLoss, recognizer: Recognizing): readonly UsageFinding[] {
  const used = withSureUses(given);
  // A call that raises an error does nothing else.
  if (used.config.findings.some(({ rule }) => rule === 'no-such-argument')) return [];
  return [
    ...booleanAlpha(used),
    ...oldRelease(used),
    ...confidenceAlpha(used),
    ...probabilitiesAsLogits(used),
    ...logitsAsProbabilities(used),
    ...weightsMoveOptimum(used),
    ...smoothedTwice(used),
    ...smoothedEvaluation(used),
    ...smoothedStopping(used),
    ...smoothedPerplexity(used),
    ...maskedLogits(used),
    ...paddingCounts(used),
    ...trainerChecks(used),
    ...overwrittenLoss(used, recognizer),
    ...smoothedTeacher(used),
  ];
}
