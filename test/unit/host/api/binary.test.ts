import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ReadLogitsReply } from '../../../../src/answers/logitsReply.ts';
import type { ReadLogitsOptions } from '../../../../src/answers/readRequest.ts';
import { type LogitsInput, readLogits } from '../../../../src/host/api/readLogits.ts';
import { engineInProcess } from './inProcess.ts';

const DATA = join(import.meta.dirname, '../../../fixtures/field/data');
const engine = engineInProcess();
afterAll(() => engine.dispose());

const read = (source: LogitsInput, options: ReadLogitsOptions = {}) => readLogits(engine, source, options);
const json = (value: object, options: ReadLogitsOptions = {}) => read(JSON.stringify(value), options);

function shown(reply: ReadLogitsReply): unknown {
  if (!reply.ok) return reply.reason;
  const { kind, shape, values, targets } = reply;
  return {
    kind,
    shape,
    values: [...values].map((value) => +value.toFixed(6)),
    targets: targets && [...targets.values],
  };
}

describe('one output per row', () => {
  it.each([
    ['sigmoid-column.txt', 'one-class', [0.8125, 0.03125, 0.4375], null],
    ['logit-column.txt', 'one-class', [-1.35, 0.4, 2.15], [0, 1, 1]],
    ['logit-column.json', 'one-class', [0.85, -1.15], [1, 0]],
    ['sigmoid-row.txt', 'binary', [0.81, 0.07, 0.55, 0.93], [1, 0, 1, 1]],
  ])('%s is refused, and read if someone says that it’s binary', async (file, reason, values, targets) => {
    const text = readFileSync(join(DATA, file), 'utf8');
    const refused = await read(text);
    expect(refused).toMatchObject({ ok: false, reason });
    expect(!refused.ok && 'message' in refused && refused.message).toMatch(/read (?:it|them) as binary/);
    const said = { kind: 'binary', shape: [values.length, 1], values, targets };
    expect(shown(await read(text, { binary: true }))).toEqual(said);
    expect(shown(await read(text, { binary: true, position: { line: 0, character: 0 } }))).toEqual(said);
  });

  it.each([
    ['its name', { sigmoid: [[0.25], [0.5]], labels: [1, 0] }],
    ['its name, in a list', { binary_probs: [0.25, 0.5], labels: [1, 0] }],
    ['two names', { probs: [[0.25], [0.5]], labels: ['spam', 'ham'], class_names: ['ham', 'spam'] }],
    ['a count', { num_classes: 2, probs: [[0.25], [0.5]], labels: [1, 0] }],
  ])('is read where %s says that there are two classes', async (_, source) => {
    expect(shown(await json(source))).toEqual({
      kind: 'binary',
      shape: [2, 1],
      values: [0.25, 0.5],
      targets: [1, 0],
    });
  });

  it.each([
    ['a column', 'id,prob,label\n0,0.25,1\n1,0.5,0\n', 'm.csv', [0.25, 0.5], [1, 0]],
    ['a column without a word for scores', 'x,label\n2.5,1\n-0.5,0\n', 'm.csv', [2.5, -0.5], [1, 0]],
    ['percent', 'percent,label\n25,True\n50,False\n', 'm.csv', [0.25, 0.5], [1, 0]],
  ])('%s of a table is read if it’s said to be binary', async (_, text, fileName, values, targets) => {
    expect(await read(text, { fileName })).toMatchObject({ reason: 'one-class' });
    const said = { kind: 'binary', shape: [2, 1], values, targets };
    expect(shown(await read(text, { fileName, binary: true }))).toEqual(said);
  });

  it('has soft targets that are the probability of class 1', async () => {
    const soft = await json({ logits: [[0.5], [-1]], targets: [[0.95], [0.05]] }, { binary: true });
    expect(shown(soft)).toMatchObject({ targets: [0.95, 0.05] });
    expect(soft).toMatchObject({ targets: { kind: 'soft' } });
  });

  it.each([
    ['called a probability and isn’t', { probs: [[0.5], [1.5]], labels: [1, 0] }, 'not-probability'],
    ['labelled −1 and 1', { logits: [[0.5], [-1.5]], labels: [1, -1] }, 'target-range'],
    ['labelled 2', { logits: [[0.5], [-1.5]], labels: [1, 2] }, 'target-range'],
  ])('is refused if it’s %s', async (_, source, reason) => {
    expect(shown(await json(source, { binary: true }))).toBe(reason);
  });

  it('is no less than two classes: what has them is read as it is', async () => {
    expect(await json({ logits: [[1, 2, 3]], labels: [1] }, { binary: true })).toMatchObject({
      kind: 'logits',
      shape: [1, 3],
    });
  });
});
