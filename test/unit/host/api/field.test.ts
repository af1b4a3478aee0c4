import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Entry, type Grade, grade } from './fieldInputs.ts';
import { engineInProcess } from './inProcess.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/field');
const engine = engineInProcess();
afterAll(() => engine.dispose());

/** `data` was collected; the others are made by the programs beside them, which say what each has. */
describe.each([
  ['data', 'expected.json'],
  ['fresh', 'fresh.json'],
  ['written', 'written.json'],
  ['varied', 'varied.json'],
  ['further', 'further.json'],
  ['later', 'later.json'],
  ['recent', 'recent.json'],
  ['odd', 'odd.json'],
])('inputs as people have them: %s', (folder, list) => {
  const counts: Record<Grade, number> = { right: 0, asked: 0, refused: 0, wrong: 0 };
  const others: string[] = [];
  afterAll(() => {
    if (process.env.FIELD)
      process.stdout.write(`${others.join('\n')}\n${JSON.stringify({ folder, ...counts })}\n`);
  });
  const entries: Entry[] = JSON.parse(readFileSync(join(FOLDER, list), 'utf8'));
  for (const entry of entries)
    for (const way of entry.how)
      it(`${entry.file}, ${way}: ${entry.why}`, async () => {
        const graded = await grade(engine, join(FOLDER, folder), entry, way);
        counts[graded.grade]++;
        if (graded.grade !== 'right') others.push(`${graded.grade}: ${entry.file}, ${way}: ${graded.note}`);
        expect(graded).toEqual({ grade: 'right', note: '' });
      });
});
