import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../../../src/loss/work.ts';
import type { LogitsBatch } from '../../../src/readers/logitsBatch.ts';
import type { Outcome } from '../../../src/readers/outcome.ts';
import type { ReadProblem } from '../../../src/readers/readProblem.ts';
import { readText } from '../../../src/readers/readText.ts';
import { meaningOf } from '../../../src/readers/roles/arrayNames.ts';
import { readTable } from '../../../src/readers/table/readTable.ts';
import { ROOT } from '../../vscode/paths.ts';
import { checkOutcome, outcomeOf } from '../properties.ts';
import { expectThat, type FuzzTarget } from '../target.ts';

/** Inputs as people have them. */
const SAMPLES = ['data', 'fresh', 'written', 'varied', 'further', 'later', 'recent', 'odd'].flatMap(
  (folder) => {
    const path = join(ROOT, 'test', 'fixtures', 'field', folder);
    return readdirSync(path)
      .map((file) => new Uint8Array(readFileSync(join(path, file))))
      .filter(({ length }) => length < 1200);
  },
);

/** What is read never has a prediction for a target, nor a target that is no class. */
function checkRoles(read: Outcome<LogitsBatch, ReadProblem>): void {
  if (!read.ok) {
    if (read.problem.reason !== 'several') return;
    const { candidates } = read.problem;
    expectThat(candidates.length > 0, () => 'Nothing to choose from');
    const predictions = candidates.findIndex(({ role }) => role === 'predictions');
    const later = predictions === -1 ? [] : candidates.slice(predictions);
    expectThat(
      later.every(({ role }) => role === 'predictions'),
      () => 'Predictions are offered before targets',
    );
    return;
  }
  const { keys, targets, shape, classAxis, declared, kind, values } = read.value;
  const classes = shape[classAxis]!;
  const ignored = declared.ignoreIndex ?? -100;
  if (keys.targets !== null && targets)
    expectThat(!meaningOf(keys.targets).prediction, () => `${keys.targets} are predictions`);
  if (targets?.kind === 'indices')
    for (const target of targets.values)
      expectThat(
        (target >= 0 && target < classes) || target === ignored,
        () => `Target ${target} of ${classes}`,
      );
  else if (targets)
    for (const share of targets.values) expectThat(share >= 0 && share <= 1, () => `A share of ${share}`);
  if (kind === 'probabilities')
    for (const value of values) expectThat(value >= 0 && value <= 1, () => `A probability of ${value}`);
}

function* readAs(
  read: Work<Outcome<LogitsBatch, ReadProblem>>,
  size: number,
): Work<Outcome<LogitsBatch, ReadProblem>> {
  const outcome = yield* read;
  // A sparse tensor, or a shape that is written, may have more numbers than stand there.
  checkOutcome(outcome, size, Math.max(size, 1 << 16));
  checkRoles(outcome);
  return outcome;
}

/** Which of the arrays of a source is what. */
export const rolesTarget: FuzzTarget = {
  name: 'roles',
  samples: SAMPLES,
  tokens: [
    ...'logits labels targets pred y_true y_pred prob_ logit_ loss weight ignore_index -100 -1 255 0 1 2 0.5 1e9 nan inf tensor( [[ ]] [ ] , : = | " { }'.split(
      ' ',
    ),
    '\n',
    ', ',
    '{"logits": [[',
    'true class labels: ',
  ],
  *run(bytes) {
    const whole = yield* readAs(readText(bytes), bytes.length);
    yield* readAs(readText(bytes, { offset: bytes.length >> 1 }), bytes.length);
    yield* readAs(readTable(bytes), bytes.length);
    return outcomeOf(whole);
  },
};
