import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../vscode/paths.ts';
import { problemsIn } from './checkCases.ts';

const FOLDER = join(ROOT, 'test', 'fixtures', 'field', 'code');

interface Expected {
  readonly file: string;
  readonly line?: number;
  readonly cell?: number;
  readonly findings?: readonly { readonly mustName: readonly (readonly string[])[] }[];
  readonly findingsOptional?: boolean;
  /** No lens, so no problem either. */
  readonly silent?: boolean;
}

const EXPECTED: readonly Expected[] = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')).filter(
  ({ file, cell }: Expected) => file.endsWith('.py') && cell === undefined,
);

const messages = new Map<string, readonly string[]>();
function saidOf(file: string): readonly string[] {
  let said = messages.get(file);
  if (!said) {
    said = problemsIn(readFileSync(join(FOLDER, file), 'utf8')).map(({ message }) => message.toLowerCase());
    messages.set(file, said);
  }
  return said;
}

const wrong = EXPECTED.filter(
  ({ findings = [], findingsOptional }) => findings.length > 0 && !findingsOptional,
);
const right = [...new Set(EXPECTED.map(({ file }) => file))].filter((file) => {
  const here = EXPECTED.filter((each) => each.file === file);
  return here.every(({ findings, silent }) => silent || findings?.length === 0);
});

describe('code as people write it', () => {
  it('has cases of both kinds', () => {
    expect(wrong.length).toBeGreaterThan(20);
    expect(right.length).toBeGreaterThan(5);
  });

  it.each(wrong)('is found wrong in $file, line $line', ({ file, findings }) => {
    for (const { mustName } of findings!)
      expect(saidOf(file)).toSatisfy((said: readonly string[]) =>
        said.some((message) =>
          mustName.every((words) => words.some((word) => message.includes(word.toLowerCase()))),
        ),
      );
  });

  it.each(right)('isn’t in %s', (file) => {
    expect(saidOf(file)).toEqual([]);
  });
});
