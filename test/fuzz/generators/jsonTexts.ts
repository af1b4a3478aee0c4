import { counts, type Growing, parts, repeats } from './growing.ts';

/** JSON, valid or not, that readers might take too long for. */
export const JSON_TEXTS: readonly Growing[] = [
  repeats('rows', '[1.25, -0.5, 3],', '[', ']'),
  repeats('rows of one number', '[1],', '[', ']'),
  repeats('empty rows', '[],', '[', ']'),
  repeats('ragged rows', '[1, 2],[3],', '[', ']'),
  repeats('a flat list', '1,', '[', ']'),
  repeats('bare numbers', '1.5 '),
  repeats('lists on lines', '[1, 2]\n'),
  repeats('records on lines', '{"logits": [1.25, -0.5, 3], "label": 2}\n'),
  repeats('short records on lines', '{"logits":[1,2]}\n'),
  repeats('records in a list', '{"logits": [1, 2], "label": 1},', '[', ']'),
  repeats('records of other members', '{"id": "a", "meta": {"x": [1], "y": null}, "scores": [1, 2]}\n'),
  repeats('records without logits', '{"a": 1}\n'),
  repeats('empty records', '{},', '[', ']'),
  repeats('records with probabilities', '{"logits": [1, 2], "targets": [0.5, 0.5]}\n'),
  counts('records with names', (i) => `{"logits": [1, 2], "label": "name ${i}"}\n`),
  counts('targets by name of many classes', (i) => `"name ${i}",`, '{"logits": [[1]], "classes": [', ']}'),
  parts('many names, and targets by them', (length) => {
    const names = Array.from({ length: length / 20 }, (_, i) => `"n${i}"`);
    return `{"logits": [[${names.map(() => 0)}]], "classes": [${names}], "targets": [${names.toReversed()}]}`;
  }),
  parts('many rows with names of few classes', (length) => {
    const rows = Array.from({ length: length / 16 });
    return `{"logits": [${rows.map(() => '[1,2]')}], "classes": ["cat", "dog"], "targets": [${rows.map(() => '"cat"')}]}`;
  }),
  parts('class weights', (length) => `{"logits": [[1, 2]], "weight": [${'1,'.repeat(length / 2)}]}`),
  counts('many members', (i) => `"k${i}":1,`, '{', '}'),
  repeats('the same member', '"a":1,', '{', '}'),
  counts('members without braces', (i) => `"k${i}":1,`),
  repeats('opening brackets', '['),
  repeats('opening braces', '{"a":'),
  repeats('brackets by turns', '{"a":['),
  repeats('brackets that close', '[[[[]]]],', '[', ']'),
  repeats('closing brackets', ']'),
  repeats('quotes', '"'),
  repeats('escaped quotes in no string', '\\"'),
  repeats('escaped quotes in a string', '\\"', '"', '"'),
  repeats('a string that isn’t closed', '\\"', '["a'),
  repeats('strings that aren’t closed, on lines', '["a\n'),
  repeats('empty strings', '""', '['),
  repeats('one long string', 'a', '["', '"]'),
  repeats('one long key', 'a', '{"', '": 1}'),
  repeats('strings', '"a",', '[', ']'),
  repeats('strings and numbers', '"a",1,', '[', ']'),
  repeats('numbers and strings', '1,"a",', '[', ']'),
  repeats('numbers and objects', '1,{"a":[1]},', '[', ']'),
  repeats('words', 'null,', '[', ']'),
  repeats('words of Python', 'NaN, Infinity, -inf, ', '[', ']'),
  repeats('a word without an end', 'nan'),
  repeats('digits', '7', '[', ']'),
  repeats('digits and a letter', '7', '[', 'x]'),
  repeats('decimals', '0', '[0.', '1]'),
  repeats('an exponent', '9', '[1e', ']'),
  repeats('numbers of many digits', `0.${'123456789'.repeat(40)},`, '[', ']'),
  repeats('comments', '/**/', '[', '1]'),
  repeats('comments that aren’t closed', '/*'),
  repeats('comments on lines', '// a\n', '', '[1, 2]'),
  repeats('slashes', '/'),
  repeats('white space', ' \n', '[', '1]'),
  repeats('line breaks', '\n'),
  repeats('commas', ',', '[1'),
  repeats('names that aren’t ASCII', '"é😀",', '[', ']'),
  repeats('objects in objects', '{"a":{"b":{"logits":[1,2]}}},', '[', ']'),
  parts('brackets around the cursor', (length) => {
    const [open, close] = ['{"a":'.repeat(20), '}'.repeat(20)];
    return `${open}[${'"x",'.repeat(length / 8)}["y"],${'"x",'.repeat(length / 8)}]${close}`;
  }),
];
