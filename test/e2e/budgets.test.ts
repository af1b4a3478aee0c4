import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, inject, test } from 'vitest';

const KB = 1024;

test('the package keeps to its budgets', () => {
  const vsix = readFileSync(inject('vsix'));
  const files = unzipSync(vsix);
  const size = (...names: string[]) =>
    names.reduce((sum, name) => sum + files[`extension/dist/${name}.js`]!.length, 0);
  // What runs when the extension is activated, and what the panel needs to be seen.
  expect(size('extension')).toBeLessThan(60 * KB);
  expect(size('panel', 'panel-chunk')).toBeLessThan(120 * KB);
  expect(vsix.length).toBeLessThan(3 * KB * KB);
});
