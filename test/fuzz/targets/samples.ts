import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../vscode/paths.ts';
import { encode } from '../target.ts';

const REFERENCE = join(ROOT, 'test', 'reference');

/** Files that NumPy, pandas, safetensors and Python's zipfile wrote: those with this extension. */
export function fileSamples(folder: string, extension: string): readonly Uint8Array[] {
  const path = join(REFERENCE, 'files', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith(extension))
    .toSorted()
    .map((name) => new Uint8Array(readFileSync(join(path, name))));
}

/** Tensors as frameworks print them, the short ones. */
export function printedSamples(name: string): readonly Uint8Array[] {
  const { cases }: { cases: readonly { readonly text: string }[] } = JSON.parse(
    readFileSync(join(REFERENCE, 'printed', `${name}.json`), 'utf8'),
  );
  return cases.filter(({ text }) => text.length < 700).map(({ text }) => encode(text));
}

/** JSON as it's read: rows, objects, records, with and without targets and settings. */
export const JSON_SAMPLES: readonly Uint8Array[] = [
  '[[1.5, -2.25], [3e2, 0.125]]',
  '[1, 2, 3]',
  '1.5 2.5\n-3 4',
  '[1, 2]\n[3, 4]\n',
  '[[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 10], [11, 12]]]',
  '{"logits": [[1, 2, 3], [4, 5, 6]], "targets": [0, 2], "class_names": ["a", "é", "😀"]}',
  '{"predictions": [[0.25, 0.75]], "label": [1], "label_smoothing": 0.1, "reduction": "sum"}',
  '{"logits": [[1, 2], [3, 4]], "targets": [[0.5, 0.5], [1, 0]], "weight": [1, 2.5], "ignore_index": -1}',
  '{"logits": [1, 2], "label": 1}\n{"logits": [3, 4], "label": 0}\n{"logits": [5, NaN], "label": 1}\n',
  '[{"scores": [[1, 2]], "y": "dog"}, {"scores": [[3, 4]], "y": "cat"}]',
  '{"classes": ["dog", "cat"], "rows": [{"logits": [1, 2], "y": "dog"}, {"logits": [3, 4], "y": "cat"}]}',
  '"logits": [[1, 2], [3, 4]], "num_classes": 2, "targets": ["1", null]',
  '// a comment\n{"a": {"logits": /* here */ [[1, -Infinity], [nan, inf],]}, "b": "\\u00e9\\n\\"",}',
  '{"logits": [[1, "x"], [true, null]], "targets": [0.5, 1]}',
].map(encode);

export const JSON_TOKENS: readonly string[] = [
  ...'[ ] { } , : " \\ // /* */ 1 0 -1 01 1. .5 1e5 1e999 1e-999 -0 0.1 NaN nan Infinity -inf null true None'.split(
    ' ',
  ),
  ' ',
  '\n',
  '\r',
  '\t',
  '\u0000',
  '\uFEFF',
  '"a"',
  '"logits"',
  '"LOGITS"',
  '"scores"',
  '"targets"',
  '"label"',
  '"y"',
  '"classes"',
  '"weight"',
  '"num_classes"',
  '"ignore_index"',
  '"alpha"',
  '"reduction"',
  '"mean"',
  '"\\u00e9"',
  '"\\x"',
  '"\\ud800"',
  '"é😀"',
  '[1, 2]',
  '[[1, 2], [3, 4]]',
  '["a", "b"]',
  '{"logits": [1, 2]}',
  '{"logits": [1, 2], "label": 0}',
  '9'.repeat(400),
  `0.${'0'.repeat(40)}1`,
  '18446744073709551616',
];

/** What targets are asked to fit. */
export const CONTEXT = {
  shape: [2, 2],
  classAxis: 1,
  classNames: ['cat', 'dog'],
  ignoreIndex: -1,
};
