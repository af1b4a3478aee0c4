// A contender for text: `jsonText ROWS CLASSES` makes JSON of that shape and turns it into float32, in one way or another.

import { finish } from '../../../src/loss/work.ts';
import { readJsonWork } from '../../../src/readers/json/readJson.ts';
import { fillWithLogits, random } from './logits.ts';
import { serve, timed } from './serve.ts';

const [rows, classes] = [Number(process.argv[2]), Number(process.argv[3])];

/** Rows of numbers with all digits a float64 has. */
function madeText(): string {
  const coarse = fillWithLogits(new Float32Array(rows * classes));
  const next = random(3);
  const line = (row: number) => {
    const numbers = coarse.subarray(row * classes, (row + 1) * classes);
    return JSON.stringify(Array.from(numbers, (number) => number + 1e-6 * next()));
  };
  return `[${Array.from({ length: rows }, (_, row) => line(row)).join(',\n')}]`;
}

const text = madeText();
const bytes = new TextEncoder().encode(text);

function read(): Float32Array {
  const outcome = finish(readJsonWork(bytes));
  if (!outcome.ok) throw new Error(outcome.problem.reason);
  return outcome.value.values;
}

/** What a program does that has JSON.parse: the text as a string is given to it. */
function parse(): Float32Array {
  const values = new Float32Array(rows * classes);
  let i = 0;
  for (const row of JSON.parse(text) as number[][]) for (const number of row) values[i++] = number;
  return values;
}

const greeting = { versions: {}, missing: {}, megabytes: bytes.length / 1e6 };
await serve(greeting, ({ contender }) => {
  const { ms, value } = timed(contender === 'json-parse' ? parse : read);
  return { ms, loss: value.reduce((sum, number) => sum + number, 0) };
});
