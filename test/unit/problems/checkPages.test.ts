import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CHECK_CODES, titleOf } from '../../../src/problems/checkCodes.ts';
import { ROOT } from '../../vscode/paths.ts';
import { CASE_FILES } from './checkCases.ts';

const sections = new Map(
  readFileSync(join(ROOT, 'docs', 'checks.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
);

it.each(CHECK_CODES)('%s has a section with its title, an example, a fix and a source', (code) => {
  const text = sections.get(code) ?? '';
  expect(text).toContain(`**${titleOf(code)}**`);
  for (const part of ['# Wrong\n', '# Right\n', '\nSource: ']) expect(text).toContain(part);
});

it('there are no sections of other checks', () => {
  const codes = [...sections.keys()].filter((heading) => heading.startsWith('SL'));
  expect(codes).toEqual([...CHECK_CODES]);
});

it('each check has cases', () => {
  const said = new Set(CASE_FILES.flatMap(({ codes }) => codes));
  expect([...said].sort()).toEqual([...CHECK_CODES]);
});
