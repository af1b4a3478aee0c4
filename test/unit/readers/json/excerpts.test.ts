import { expect, it } from 'vitest';
import { problemOf } from './read.ts';

const LONG = '😀'.repeat(5000);

it.each([
  ['a setting', `{"logits": [[1, 2]], "reduction": "${LONG}"}`],
  ['a target', `{"logits": [[1, 2]], "targets": ["${LONG}"]}`],
  ['logits', `{"logits": "${LONG}"}`],
])('of %s that is a long text only the start is shown', (_, text) => {
  const problem = problemOf(text);
  if (!problem || !('found' in problem)) return expect.unreachable();
  expect(problem.found).toMatch(/^"?(😀){35,40}…$/u);
});
