import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { textSource } from '../../../../src/host/sources/kinds/textSource.ts';
import { readChosen } from '../../../../src/host/sources/readChosen.ts';
import type { Source } from '../../../../src/host/sources/source.ts';
import { window } from '../../../fixtures/vscode.ts';
import { engineInProcess } from '../api/inProcess.ts';

const engine = engineInProcess();
afterAll(() => engine.dispose());
afterEach(() => vi.restoreAllMocks());

interface Shown {
  readonly label: string;
  readonly description?: string;
}

/** Answers each list with the item of this label; `undefined` is a list that's closed. What was offered, list by list. */
function answering(...labels: readonly (string | undefined)[]) {
  const lists: { readonly asked: string | undefined; readonly offered: readonly string[] }[] = [];
  const answers = [...labels];
  vi.spyOn(window, 'showQuickPick').mockImplementation(async (items, { placeHolder }) => {
    const all = items as readonly Shown[];
    lists.push({
      asked: placeHolder,
      offered: all.map(({ label, description }) => `${label}: ${description}`),
    });
    const label = answers.shift();
    return all.find((item) => item.label === label) as never;
  });
  return lists;
}

const json = (value: object): Source => textSource('clipboard', JSON.stringify(value));
const read = (source: Source) => readChosen(engine, source);

const TWO_MODELS = {
  bert: {
    logits: [
      [1, 2.5],
      [3, 0.5],
    ],
  },
  gpt: {
    logits: [
      [2, 1.5],
      [0.25, 4],
    ],
  },
};
const TWO_TARGETS = {
  logits: [
    [1, 2.5],
    [3, 0.5],
  ],
  labels: [1, 1],
  targets: [0, 1],
  preds: [1, 0],
};

describe('a source of which several arrays may be meant', () => {
  it('is read without a question where only one may', async () => {
    const lists = answering();
    const chosen = await read(json({ logits: [[1, 2.5]], label: [0] }));
    expect(chosen).toMatchObject({ ok: true, value: { opened: { summary: { targetsFrom: 'indices' } } } });
    expect(lists).toEqual([]);
  });

  it('is read as the array that is chosen, and keeps the choice', async () => {
    const lists = answering('gpt');
    const chosen = await read(json(TWO_MODELS));
    expect(lists).toEqual([
      {
        asked: 'clipboard has 2 arrays. Which one holds the logits?',
        offered: ['bert: 2 × 2', 'gpt: 2 × 2'],
      },
    ]);
    expect(chosen).toMatchObject({ ok: true, value: { source: { member: 'gpt' } } });
  });

  it('offers targets with predictions last, and none of them', async () => {
    const lists = answering('targets');
    const chosen = await read(json(TWO_TARGETS));
    expect(lists[0]!.offered.map((item) => item.split(':')[0])).toEqual([
      'targets',
      'labels',
      'preds',
      'No targets',
    ]);
    expect(lists[0]!.offered[2]).toContain('looks like predictions');
    expect(chosen).toMatchObject({
      ok: true,
      value: { opened: { summary: { keys: { targets: 'targets' } } } },
    });
  });

  it('is read without targets if none of them is wanted', async () => {
    answering('No targets');
    const chosen = await read(json(TWO_TARGETS));
    expect(chosen).toMatchObject({ ok: true, value: { opened: { summary: { targetsFrom: 'argmax' } } } });
  });

  it('asks for the logits first, and then for their targets', async () => {
    const lists = answering('bert', 'gold');
    const models = { ...TWO_MODELS, gold: [0, 1], target: [1, 1] };
    const chosen = await read(json(models));
    expect(lists.map(({ offered }) => offered.length)).toEqual([2, 3]);
    expect(chosen).toMatchObject({
      ok: true,
      value: { source: { member: 'bert' }, opened: { summary: { keys: { targets: 'gold' } } } },
    });
  });

  it('isn’t read if the list is closed', async () => {
    answering(undefined);
    expect(await read(json(TWO_MODELS))).toBeUndefined();
  });

  it('says what’s wrong without a question where nothing can be read', async () => {
    const lists = answering();
    expect(await read(json({ loss: [0.5, 0.25] }))).toMatchObject({
      ok: false,
      problem: { reason: 'losses' },
    });
    expect(lists).toEqual([]);
  });
});
