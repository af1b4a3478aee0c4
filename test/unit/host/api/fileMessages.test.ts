import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { readLogits } from '../../../../src/host/api/readLogits.ts';
import { npyFile } from '../../../fixtures/npy.ts';
import { engineInProcess } from './inProcess.ts';

const engine = engineInProcess();
afterAll(() => engine.dispose());

const LOGITS = npyFile(
  [4, 3],
  Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
);

async function messageOf(arrays: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const files = Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes] as const);
  const reply = await readLogits(engine, zipSync(Object.fromEntries(files)), { fileName: 'run.npz' });
  if (reply.ok || reply.reason === 'several') throw new Error('It was read');
  expect(reply.line).toBeUndefined();
  return reply.message;
}

describe('a file that has no lines', () => {
  it.each([
    [{ logits: LOGITS, labels: npyFile([4], [0, 1, 2, 3]) }, 'Target 3 in row 3 is outside 0…2.'],
    [
      { logits: LOGITS, label_smoothing: npyFile([], [2]) },
      '“label_smoothing” is 2; expected a number from 0 to 1.',
    ],
    [{ logits: LOGITS, labels: npyFile([4], [0.5, 1, 2, 0]) }, 'Target 0.5 in row 0 isn’t a whole number.'],
  ])('says what’s wrong without one', async (arrays, message) => {
    expect(await messageOf(arrays)).toContain(message);
  });
});
