import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonArrays } from '../../../src/readers/json/jsonArrays.ts';
import { readDocument } from '../../../src/readers/json/jsonValues.ts';
import { findTextArrays } from '../../../src/readers/printed/textArrays.ts';
import type { Grid, NamedArray } from '../../../src/readers/roles/namedArray.ts';
import { Cursor, Unreadable } from '../../../src/readers/text/cursor.ts';
import { ROOT } from '../../vscode/paths.ts';
import { checkProblem } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';
import { JSON_SAMPLES, JSON_TOKENS } from './samples.ts';

/** What sparse tensors may be filled up to. */
const MOST_DENSE = 1 << 16;
const GOLDEN = join(ROOT, 'test', 'unit', 'readers', 'printed', 'golden');

/** The texts of the golden files: each form of print and table there is. */
function goldenTexts(): readonly Uint8Array[] {
  return readdirSync(GOLDEN)
    .toSorted()
    .flatMap((file) => readFileSync(join(GOLDEN, file), 'utf8').split(/^=== .*\n/m))
    .map((part) => part.split(/^==>\n/m)[0]!)
    .filter((text) => text.length > 0 && text.length < 1200)
    .map(encode);
}

/** An array has as many values as its shape says, no more than its text can hold, and is within that. */
function checkArray({ name, shape, content, spans, start, end, rounding }: NamedArray, size: number): void {
  expectThat(start >= 0 && start <= end && end <= size, () => `${name} at ${start}–${end} of ${size}`);
  expectThat(Number.isFinite(rounding) && rounding >= 0, () => `${name} rounded by ${rounding}`);
  for (let i = 0; i < spans.length; i += 2)
    expectThat(
      spans[i]! >= 0 && spans[i]! <= spans[i + 1]! && spans[i + 1]! <= size,
      () => `Row ${i / 2} of ${name} at ${spans[i]}–${spans[i + 1]}`,
    );
  if (content.kind === 'flawed') checkProblem(content.problem, size);
  if (content.kind !== 'numbers' && content.kind !== 'texts') return;
  const { length } = content.values;
  const count = shape.reduce((product, axis) => product * axis, 1);
  expectThat(count === length, () => `${name}: shape ${shape} of ${length}`);
  expectThat(length <= Math.max(size, MOST_DENSE), () => `${name}: ${length} values of ${size} bytes`);
}

function checkGrid({ header, columns, rows, cells, spans, start, end, text }: Grid, size: number): void {
  expectThat(
    header === null || header.length === columns,
    () => `${header?.length} names of ${columns} columns`,
  );
  expectThat(cells.length === 2 * rows * columns, () => `${cells.length} ends of ${rows} × ${columns} cells`);
  expectThat(spans.length === 2 * rows, () => `${spans.length} ends of ${rows} rows`);
  expectThat(start >= 0 && start <= end && end <= size, () => `A table at ${start}–${end} of ${size}`);
  for (const places of [cells, spans])
    for (let i = 0; i < places.length; i += 2)
      expectThat(
        places[i]! >= 0 && places[i]! <= places[i + 1]! && places[i + 1]! <= size,
        () => `A cell or row at ${places[i]}–${places[i + 1]} of ${size}`,
      );
  if (rows > 0 && columns > 0) text(rows - 1, columns - 1);
}

/** Prints and tables of all kinds. */
export const formsTarget: FuzzTarget = {
  name: 'forms of text',
  samples: goldenTexts(),
  tokens: [
    ...'[ ] ( ) { } , . ... … ⋮ ⋱ ⋅ - + | │ ┃ ═ ─ ╪ ┌ ┐ 1 1. .5 1e5 nan inf -inf NA Inf 2.5...49 1_000 1.0f0 +2 −3'.split(
      ' ',
    ),
    ...'np.inf -jnp.inf float("-inf") float( np.float32(1.5) tensor(0.5) torch.tensor( indices= values= size=(2,3) nnz=3'.split(
      ' ',
    ),
    ...'crow_indices=tensor( layout=torch.sparse_coo) Tensor(shape=[2,2], # // * > >>> In [3]: Out[3]: julia> E ``` %'.split(
      ' ',
    ),
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '\n# ',
    '\n> ',
    '\n>>> ',
    '\n * ',
    '/*\n',
    'Columns 1 to 2',
    'Columns 0 to 1\n',
    '(1,.,.) = \n',
    '0.01 *\n',
    '[ CPUFloatType{2,3} ]\n',
    '[ CPULongType{2} ]\n',
    '[torch.FloatTensor of size 2x3]\n',
    'torch_tensor\n',
    'Variable containing:\n',
    '2×3 Matrix{Float32}:\n',
    '3-element Vector{Float64}:\n',
    '[:, :, 1] =\n',
    '-[ RECORD 1 ]-\n',
    '---+---\n',
    '---  ---\n',
    '|---|---|\n',
    '| a | b |\n',
    '│ f64 ┆ f64 │\n',
    '2024-01-01 10:00:00 INFO ',
    'COPY a (x, y) FROM stdin;\n',
    'ant: 62.00%\nbee: 38.00%\n',
    'class 0: 1.25\n',
    'logits[0] = 1.25\n',
    '{ant=0.62, bee=0.38}',
    'map[ant:0.62 bee:0.38]',
    'Map(ant -> 0.62, bee -> 0.38)',
    '||a||b||\n|1|2|\n',
    '|===\n|a |b\n\n',
    '[1.5 -2; 3 4]',
    'structure(list(a = c(1L, 2L)), class = "data.frame")',
    '(:,:,1) =\n',
    '____    ____\n',
    'Parameter containing:\n',
    'labels 2 1\n1 0.25 0.75\n',
    '\n  1. | 0  .25  .75 |',
    'Tensor[system.float] of shape "[2, 2]" on backend "Cpu"\n|1 2|\n',
    ' Row │ a  b\n─────┼──────\n   1 │ 1  2\n',
    "[('a', 0.5), ('b', 0.5)]",
    'ant  ████ 62.0%\n',
    'grad_fn=<NllLossBackward0>)',
    "('fc.bias',\n",
    '\t',
    'ignore_index = -1',
    'label_smoothing=0.1',
    'F.cross_entropy(',
    '\u001b[1m',
    '9'.repeat(400),
  ],
  *run(bytes) {
    const names = new Set<string>();
    let [arrays, grids] = [0, 0];
    for (const piece of yield* findTextArrays(bytes)) {
      if (piece.kind === 'grid') {
        checkGrid(piece.grid, bytes.length);
        grids++;
        continue;
      }
      const { array } = piece;
      checkArray(array, bytes.length);
      // A single number is a setting, and isn't chosen by its name.
      if (array.shape.length > 0) {
        expectThat(!names.has(array.name), () => `Two arrays are called ${array.name}`);
        names.add(array.name);
      }
      arrays++;
    }
    return `${Math.min(3, arrays)} arrays, ${Math.min(3, grids)} tables`;
  },
};

const SERVED = [
  '{"outputs": [{"name": "logits", "datatype": "FP32", "shape": [3, 2], "data": [0.4, -1.1, 2.3, 0.9, -0.7, -0.2]}]}',
  '{"outputs": [{"name": "a", "shape": [1, 2], "data": [1, 2]}]}\n{"outputs": [{"name": "a", "shape": [1, 2], "data": [3, 4]}]}',
  '[[{"label": "joy", "score": 0.5}, {"label": "fear", "score": 0.5}], [{"label": "fear", "score": 0.7}, {"label": "joy", "score": 0.3}]]',
  "[{'label': 'joy', 'score': 0.5}, {'label': 'it\\'s', 'score': 0.5}]",
  '{"choices": [{"logprobs": {"content": [{"token": "B", "logprob": -0.1, "top_logprobs": [{"token": "B", "logprob": -0.1}, {"token": "A", "logprob": -2.7}]}]}}]}',
  '{"choices": [{"logprobs": {"tokens": ["yes"], "top_logprobs": [{"yes": -0.25, "no": -1.6}]}}]}',
  '{"doc_id": 5, "target": 1, "resps": [[-4.1, false], [-2.6, true], [-3.3, false]]}\n{"doc_id": 6, "target": 0, "resps": [[-1, true], [-2, false], [-5, false]]}',
  '[{"y_true": "ham", "scores": {"ham": 0.46, "spam": 0.54}}, {"y_true": "ham", "scores": {"spam": 0.88, "ham": 0.12}}]',
  '{"dims": [2, 2], "type": "float32", "cpuData": {"0": 1.5, "1": -0.5, "2": 0.75, "3": 0.5}}',
  '{"top": "a", "intents": {"a": {"score": 0.62}, "b": {"score": 0.38}}}',
  '{"emotion": {"sad": 3.5, "happy": 96.5}, "dominant_emotion": "happy"}',
  '{"result": {"prediction": "B", "probabilities": {"A": 0.32, "B": 0.5, "C": 0.18}}}',
].map(encode);

/** JSON of any shape: what servers, pipelines and harnesses write. */
export const servedTarget: FuzzTarget = {
  name: 'arrays of JSON',
  samples: [...SERVED, ...JSON_SAMPLES],
  tokens: [
    ...JSON_TOKENS,
    ...'"outputs" "shape" "data" "datatype" "name" "FP32" "label" "score" "token" "logprob" "logprobs" "content" "choices"'.split(
      ' ',
    ),
    ...`"top_logprobs" "resps" "scores" "probs" 'label' 'it\\'s' false True [0.5,true] [[-1,false]] {"a":0.5,"b":0.5}`.split(
      ' ',
    ),
    '{"label": "a", "score": 0.5}',
    '[{"label": "a", "score": 0.5}, {"label": "b", "score": 0.5}]',
    '{"name": "logits", "shape": [1, 2], "data": [1, 2]}',
  ],
  *run(bytes) {
    const cursor = new Cursor(bytes, 0, bytes.length);
    let count = 0;
    try {
      const document = yield* readDocument(cursor);
      for (const array of yield* jsonArrays(document, (length) => new Float32Array(length))) {
        checkArray(array, bytes.length);
        count++;
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      checkProblem(error.problem, bytes.length);
      return error.problem.reason;
    }
    return `${Math.min(3, count)} arrays`;
  },
};
