import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../vscode/paths.ts';

/** The selectors of the rules that have the colour of the excess, by their file. */
function orange(file: string): readonly string[] {
  const rules = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return [...rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, , body]) => body!.includes('var(--excess)'))
    .map(([, selector]) => selector!.trim());
}

it('is what is left to learn, and nothing else', () => {
  const files = globSync('media/styles/**/*.css', { cwd: ROOT }).sort();
  expect(
    Object.fromEntries(files.map((file) => [file, orange(file)]).filter(([, all]) => all!.length)),
  ).toEqual({
    // The excess on a ruler, how much of it there can be, and the way from a prediction to its target: a line, or a bar from zero.
    'media/styles/charts.css': ['rect.excess', 'rect.reach', 'path.pull', 'rect.gradient,\npath.confident'],
    // The excess in a sentence of the lab, and what a network gets wrong there: an image it mistakes.
    'media/styles/lab/frame.css': ['.x'],
    'media/styles/lab/pictures.css': ['path.row.mistaken'],
    // The excess as a number, in a legend, and as the arrow of the gradient.
    'media/styles/playground.css': [
      '.playground b.excess',
      '.playground .legend .excess',
      'path.push',
      'path.push-tip',
    ],
    'media/styles/summary.css': ['.formula .excess'],
  });
});
