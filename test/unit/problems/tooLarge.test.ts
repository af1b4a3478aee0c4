import { expect, it } from 'vitest';
import { hasTooManyBytes, isTooLarge } from '../../../src/problems/files/tooLarge.ts';

const LOSS = 'loss = F.cross_entropy(z, y, label_smoothing=0.1)\n';

function notebook(code: string, picture: string): string {
  const outputs = [{ output_type: 'display_data', data: { 'image/png': picture }, metadata: {} }];
  return JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs, source: code }] });
}

it('code that nobody has written is too large, if it may set up a loss', () => {
  expect(isTooLarge(LOSS, 'python')).toBe(false);
  expect(isTooLarge(`${LOSS}x = '${'a'.repeat(100_000)}'`, 'python')).toBe(true);
  expect(isTooLarge(`x = '${'a'.repeat(100_000)}'`, 'python')).toBe(false);
  expect(isTooLarge(`${LOSS}${'x = 1\n'.repeat(400_000)}`, 'python')).toBe(true);
});

it('of a notebook only its code counts', () => {
  const picture = 'A'.repeat(2_100_000);
  expect(isTooLarge(notebook(LOSS, picture), 'notebook')).toBe(false);
  expect(isTooLarge(notebook(`${LOSS}# ${picture}`, ''), 'notebook')).toBe(true);
  expect(hasTooManyBytes(9_000_000, 'python')).toBe(true);
  expect(hasTooManyBytes(9_000_000, 'notebook')).toBe(false);
  expect(hasTooManyBytes(33_000_000, 'notebook')).toBe(true);
});
