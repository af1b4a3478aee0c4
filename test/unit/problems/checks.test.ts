import { describe, expect, it } from 'vitest';
import { CHECK_CODES } from '../../../src/problems/checkCodes.ts';
import { CASE_FILES, described, problemsIn, writeCases } from './checkCases.ts';

if (process.env.UPDATE_GOLDEN) CASE_FILES.forEach(writeCases);

it.each(CHECK_CODES)('%s has at least ten mistakes, and ten that look like them', (code) => {
  const all = CASE_FILES.flatMap(({ codes, cases }) => cases.map((each) => ({ ...each, codes })));
  const mistakes = all.filter(({ said }) => said.some((line) => line.includes(` ${code} `)));
  const others = all.filter(({ codes, isMistake }) => codes.includes(code) && !isMistake);
  expect(mistakes.length).toBeGreaterThanOrEqual(10);
  expect(others.length).toBeGreaterThanOrEqual(10);
});

describe.each(CASE_FILES)('the cases of $file', ({ codes, cases }) => {
  it.each(cases)('$name', ({ source, isMistake, said }) => {
    const problems = problemsIn(source);
    expect(problems.some(({ code }) => codes.includes(code))).toBe(isMistake);
    expect(problems.map(described)).toEqual(said);
  });
});
