import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { FoundLossConfig } from '../../../../src/answers/foundConfig.ts';
import { findLossConfigs } from '../../../../src/host/editor/editorBundle.ts';
import {
  EXPECTED,
  type Expected,
  FILES,
  type Grade,
  type Graded,
  graded,
  onLine,
  partsOf,
  worst,
} from './fieldGrades.ts';

vi.mock('vscode', () => import('../vscode.ts'));

interface Entry {
  readonly expected: Expected;
  readonly grades: readonly Graded[];
}

const found = new Map<string, readonly FoundLossConfig[]>();
for (const file of FILES)
  for (const [cell, { text, language }] of partsOf(file).entries())
    found.set(`${file} ${cell}`, await findLossConfigs(text, language, file));

const ENTRIES: readonly Entry[] = EXPECTED.map((expected) => {
  const here = found.get(`${expected.file} ${expected.cell ?? 0}`)!;
  if (expected.silent) {
    const said = here.map(({ api }) => api).join(', ');
    const grade = said === '' ? 'right' : 'wrong';
    return { expected, grades: [{ what: 'lens', grade, expected: 'nothing', found: said || 'nothing' }] };
  }
  return { expected, grades: graded(expected, onLine(here, expected.line!), here) };
});

/** What is said where expected.json has nothing: of the parts of a hand-written loss, mostly. */
const BESIDE = FILES.flatMap((file) =>
  partsOf(file).flatMap((_, cell) => {
    const lenses = EXPECTED.filter((each) => each.file === file && (each.cell ?? 0) === cell);
    const here = found.get(`${file} ${cell}`)!;
    if (lenses.some(({ silent }) => silent)) return [];
    const taken = new Set(lenses.map(({ line }) => onLine(here, line!)));
    return here
      .filter((each) => !taken.has(each))
      .map(({ api, range, alpha, targets, floor }) => {
        const values = targets === null || targets === 'soft' ? targets : `${targets.on} / ${targets.off}`;
        const what = `α ${alpha.value ?? '?'} ${alpha.state}, targets ${values}, floor ${floor}`;
        return `${file}:${range.start.line + 1} ${api}: ${what}`;
      });
  }),
);

function tableBy(keyOf: (entry: Entry) => readonly (readonly [string, Grade])[]): string {
  const counts = new Map<string, Record<Grade, number>>();
  for (const [key, grade] of ENTRIES.flatMap(keyOf)) {
    const count = counts.get(key) ?? { right: 0, missed: 0, wrong: 0 };
    count[grade]++;
    counts.set(key, count);
  }
  const rows = [...counts].map(([key, { right, missed, wrong }]) =>
    [key.padEnd(58), right, missed, wrong].map((each) => String(each).padStart(6)).join(' '),
  );
  return [`${''.padEnd(58)}  right missed  wrong`, ...rows].join('\n');
}

function gradeOf({ grades }: Entry): Grade {
  return worst(grades.map(({ grade }) => grade));
}

function linesOf(grade: Grade): string[] {
  return ENTRIES.flatMap(({ expected, grades }) =>
    grades
      .filter((each) => each.grade === grade)
      .map(({ what, expected: right, found: said }) => {
        const place = expected.line === undefined ? '' : `:${expected.line}`;
        const cell = expected.cell === undefined ? '' : `[${expected.cell}]`;
        return `${expected.file}${cell}${place} ${what}: ${right}, found ${said}`;
      }),
  );
}

describe('losses as people write them', () => {
  process.stdout.write(
    `\n${tableBy((entry) => [
      [entry.expected.group, gradeOf(entry)],
      ['all', gradeOf(entry)],
    ])}\n`,
  );
  process.stdout.write(
    `\n${tableBy(({ grades }) => grades.map(({ what, grade }) => [what, grade] as const))}\n`,
  );

  it('are never said to be something else', () => {
    expect(linesOf('wrong')).toEqual([]);
  });

  it('have other lenses only on the parts of a loss', async () => {
    const file = join(import.meta.dirname, '../../../fixtures/field/code.beside.txt');
    await expect(`${BESIDE.join('\n')}\n`).toMatchFileSnapshot(file);
  });

  it('are right, but for those that are known to be missed', async () => {
    const file = join(import.meta.dirname, '../../../fixtures/field/code.missed.txt');
    await expect(`${linesOf('missed').join('\n')}\n`).toMatchFileSnapshot(file);
  });
});
