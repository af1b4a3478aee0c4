import { afterAll, describe, expect, it } from 'vitest';
import { readLogits } from '../../../../src/host/api/readLogits.ts';
import { npyFile } from '../../../fixtures/npy.ts';
import { engineInProcess } from './inProcess.ts';

const engine = engineInProcess();
afterAll(() => engine.dispose());

const LOSSES = npyFile([4], [2.25, 1.5, 0.75, 0.5]);

describe('a list in a file, without a number below 0', () => {
  it('is asked about, and read once it’s chosen', async () => {
    const reply = await readLogits(engine, LOSSES, { fileName: 'run.npy' });
    if (reply.ok || reply.reason !== 'several') throw new Error(JSON.stringify(reply));
    expect(reply.candidates).toMatchObject([{ shape: [4], role: 'logits' }]);
    const chosen = await readLogits(engine, LOSSES, {
      fileName: 'run.npy',
      array: reply.candidates[0]!.name,
    });
    expect(chosen).toMatchObject({ ok: true, shape: [4] });
  });

  it('is read if the file says logits, or a number is below 0', async () => {
    expect(await readLogits(engine, LOSSES, { fileName: 'val_logits.npy' })).toMatchObject({ ok: true });
    const row = npyFile([3], [2.25, -1.5, 0.75]);
    expect(await readLogits(engine, row, { fileName: 'run.npy' })).toMatchObject({ ok: true, shape: [3] });
  });
});
