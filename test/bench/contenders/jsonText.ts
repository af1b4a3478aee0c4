// A contender for text: `jsonText ROWS CLASSES` makes JSON of that shape and turns it into float32, in one way or another.

import { BUILDS, SHARED } from '../../../src/engine/kernel/builds.node.ts';
import { Compute, startKernel } from '../../../src/engine/measure/compute.ts';
import { NO_THREADS } from '../../../src/engine/measure/threads.ts';
import { TextOrigin } from '../../../src/engine/origins/textOrigin.ts';
import type { Floats } from '../../../src/loss/rows/rowLayout.ts';
import { finish } from '../../../src/loss/work.ts';
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

const compute = new Compute(startKernel(BUILDS, SHARED, NO_THREADS));
const START = { origin: { line: 0, character: 0 } };

/** As the engine reads a document. */
function read(): Floats {
  const outcome = finish(new TextOrigin(bytes, START, compute).read(undefined));
  if (!outcome.ok) throw new Error(outcome.problem.reason);
  const { source } = outcome.value;
  if (!('values' in source)) throw new Error('The numbers of a text are in memory');
  return source.values;
}

/** What a program does that has JSON.parse: the text as a string is given to it. */
function parse(): Float32Array {
  const values = new Float32Array(rows * classes);
  let i = 0;
  for (const row of JSON.parse(text) as number[][]) for (const number of row) values[i++] = number;
  return values;
}

const greeting = { versions: {}, missing: {}, megabytes: bytes.length / 1e6 };
void serve(greeting, ({ contender }) => {
  const { ms, value } = timed(contender === 'json-parse' ? parse : read);
  let loss = 0;
  for (const number of value) loss += number;
  compute.release(value);
  return { ms, loss };
});
