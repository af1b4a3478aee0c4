import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { findTextArrays } from '../../../../src/readers/printed/textArrays.ts';
import { arrayLine, goldenCases, gridLines } from '../goldenTexts.ts';
import { bytesOf } from './read.ts';

const FOLDER = join(import.meta.dirname, 'golden');

function holds(text: string): string {
  const pieces = finish(findTextArrays(bytesOf(text)));
  const lines = pieces.map((piece) =>
    piece.kind === 'array' ? arrayLine(piece.array) : gridLines(piece.grid, piece.name),
  );
  return lines.join('\n') || 'nothing';
}

describe.each(readdirSync(FOLDER).toSorted())('%s', (file) => {
  const cases = goldenCases(FOLDER, file, holds).map((each) => [each.title, each] as const);
  it.each(cases)('%s', (_, golden) => expect(holds(golden.text)).toBe(golden.holds));
});
