import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, inject, test } from 'vitest';

const KB = 1024;

/** The panel's script, and what it imports before it's seen. */
function sizeOfPanel(files: Readonly<Record<string, Uint8Array>>): number {
  const needed = new Set(['panel.js']);
  for (const name of needed) {
    const text = new TextDecoder().decode(files[`extension/dist/${name}`]!);
    for (const [, imported] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w-]+\.js)"/g))
      needed.add(imported!);
  }
  if (needed.size < 2) throw new Error('The panel imports nothing');
  return [...needed].reduce((sum, name) => sum + files[`extension/dist/${name}`]!.length, 0);
}

test('the package keeps to its budgets', () => {
  const vsix = readFileSync(inject('vsix'));
  const files = unzipSync(vsix);
  const size = (...names: string[]) =>
    names.reduce((sum, name) => sum + files[`extension/dist/${name}.js`]!.length, 0);
  // What runs when the extension is activated, and what the panel needs to be seen.
  expect(size('extension')).toBeLessThan(60 * KB);
  expect(sizeOfPanel(files)).toBeLessThan(120 * KB);
  const sum = Object.entries(files).flatMap(([path, { length }]) =>
    /\/panel-playground-\w+\.js$/.test(path) ? [length] : [],
  );
  expect(sum.length).toBe(1);
  expect(sum[0]).toBeLessThan(40 * KB);
  // The lab's trainer, with tfjs' binary.
  const wasm = ['tfjs', 'kernel', 'matrices'].reduce(
    (sum, name) => sum + files[`extension/dist/trainer-${name}.wasm`]!.length,
    0,
  );
  expect(size('trainer') + wasm).toBeLessThan(1.2 * KB * KB);
  expect(vsix.length).toBeLessThan(3 * KB * KB);
});
