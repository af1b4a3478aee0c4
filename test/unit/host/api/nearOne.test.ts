import { afterAll, describe, expect, it } from 'vitest';
import { requestOfInput } from '../../../../src/answers/readRequest.ts';
import { engineInProcess } from './inProcess.ts';

const engine = engineInProcess();
afterAll(() => engine.dispose());

const P = [
  [0.99999999, 0.25, 0.5],
  [0.75, 0.9999999, 0.125],
];
const Y = [
  [0, 1, 1],
  [1, 0, 0],
];

/** −ln p where a class is right, −ln(1 − p) where it isn't. */
const costs = P.map((row, i) =>
  row.map((p, k) => (Y[i]![k] === 1 ? -Math.log(p) : -Math.log1p(-p))).reduce((a, b) => a + b),
);
const WANTED = costs.reduce((a, b) => a + b) / 6;

const records = P.map((probs, i) => ({ labels: Y[i], probs }));
const lines = P.map((row, i) => [...row, ...Y[i]!].join());
const CSV = ['prob_a,prob_b,prob_c,label_a,label_b,label_c', ...lines].join('\n');

describe('probabilities of sigmoids next to 1, of which float32 leaves nothing', () => {
  it.each([
    ['a table', CSV, 'x.csv'],
    ['a table with decimal commas', CSV.replaceAll(',', ';').replaceAll('.', ','), 'x.csv'],
    ['pasted CSV', CSV, undefined],
    ['JSON', JSON.stringify({ probs: P, labels: Y }), undefined],
    ['records', JSON.stringify(records), undefined],
    ['code', `probs = ${JSON.stringify(P)}\nlabels = ${JSON.stringify(Y)}\n`, undefined],
    ['a print', `probs: tensor(${JSON.stringify(P)})\nlabels: tensor(${JSON.stringify(Y)})`, undefined],
  ])('have the loss that float64 has: %s', async (_, text, fileName) => {
    const request = requestOfInput(text, fileName === undefined ? {} : { fileName });
    if (!request.ok) throw new Error(request.problem.reason);
    const opened = await engine.open({ ...request.value, view: {} });
    if (!opened.ok) throw new Error(opened.problem.reason);
    const { hard } = opened.value.stats!;
    const mean = Array.from(hard).reduce((a, b) => a + b) / hard.length;
    expect(Math.abs(mean / WANTED - 1)).toBeLessThan(1e-6);
  });
});
