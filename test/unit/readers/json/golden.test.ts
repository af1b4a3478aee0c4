import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { jsonArrays } from '../../../../src/readers/json/jsonArrays.ts';
import { readDocument } from '../../../../src/readers/json/jsonValues.ts';
import { Cursor } from '../../../../src/readers/text/cursor.ts';
import { allocateOwn } from '../../../../src/readers/text/growable.ts';
import { arrayLine, goldenCases } from '../goldenTexts.ts';

const FOLDER = join(import.meta.dirname, 'golden');

function holds(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const document = finish(readDocument(new Cursor(bytes, 0, bytes.length)));
  return finish(jsonArrays(document, allocateOwn)).map(arrayLine).join('\n') || 'nothing';
}

describe.each(readdirSync(FOLDER).toSorted())('%s', (file) => {
  const cases = goldenCases(FOLDER, file, holds).map((each) => [each.title, each] as const);
  it.each(cases)('%s', (_, golden) => expect(holds(golden.text)).toBe(golden.holds));
});
