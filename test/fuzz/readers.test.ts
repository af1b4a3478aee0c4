import { describe, it } from 'vitest';
import { ARRAY_READERS, PICKLE_READERS, TEXT_READERS } from './entryPoints.ts';
import { ARRAY_FILES } from './generators/arrayFiles.ts';
import { GROWING_PICKLES } from './generators/growingPickles.ts';
import { JSON_TEXTS } from './generators/jsonTexts.ts';
import { PRINTED_TEXTS } from './generators/printedTexts.ts';
import { TABLE_TEXTS } from './generators/tableTexts.ts';
import { expectLinear } from './growth.ts';

/** What each reader of text is given. */
const TEXTS = {
  json: JSON_TEXTS,
  'json with the kernel': JSON_TEXTS,
  'text around a cursor': JSON_TEXTS,
  // Which of many arrays is meant has to be found, or asked, too.
  text: PRINTED_TEXTS,
  'text members': PRINTED_TEXTS,
  'text targets': JSON_TEXTS,
  // Not every file is what its name says.
  table: [...TABLE_TEXTS, ...JSON_TEXTS],
  'table with the kernel': TABLE_TEXTS,
  'table targets': TABLE_TEXTS,
};

describe.each(Object.entries(TEXTS))('time grows with the length of a text, read as %s', (name, texts) => {
  it.each(texts.map((text) => [text.name, text.make] as const))('%s', (_, make) =>
    expectLinear({ make, run: TEXT_READERS[name]! }),
  );
});

describe.each(Object.entries(ARRAY_READERS))(
  'time grows with the length of a file of arrays: %s',
  (_, read) => {
    it.each(ARRAY_FILES.map(({ name, format, make }) => [name, format, make] as const))(
      '%s',
      (__, format, make) => expectLinear({ make, run: (bytes) => read(bytes, format) }),
    );
  },
);

describe.each(Object.entries(PICKLE_READERS))('time grows with the length of a pickle: %s', (_, run) => {
  it.each(GROWING_PICKLES.map(({ name, make }) => [name, make] as const))('%s', (__, make) =>
    expectLinear({ make, run }),
  );
});
