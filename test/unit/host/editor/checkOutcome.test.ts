import { expect, it, vi } from 'vitest';
import { outcomeText } from '../../../../src/host/editor/checks/checkOutcome.ts';

vi.mock('vscode', async () => await import('../../../fixtures/vscode.ts'));

const outcome = { found: 2, files: 1_200, tooLarge: [], isWhole: true };

it('says what was found in how many files', () => {
  expect(outcomeText(outcome)).toBe('Problems found: 2. Files checked: 1,200.');
  expect(outcomeText({ ...outcome, isWhole: false })).toBe(
    'Cancelled. Problems found so far: 2. Files checked: 1,200.',
  );
});

it('names the files that were skipped', () => {
  const limits = 'Skipped, because they have more than 2,000,000 characters or a line longer than 100,000';
  expect(outcomeText({ ...outcome, tooLarge: ['a/large.py'] })).toBe(
    `Problems found: 2. Files checked: 1,200. ${limits}: a/large.py.`,
  );
  const tooLarge = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}.py`);
  expect(outcomeText({ ...outcome, tooLarge })).toMatch(/: a\.py, b\.py, c\.py, d\.py, e\.py and 2 more\.$/);
});
