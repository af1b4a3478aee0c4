import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

/** The same every time: a new fault comes from a change. `npm run fuzz` tries others. */
const SEED = 20_26;
const [INPUTS, TRUNCATIONS] = [800, 250];

describe('hostile input leads to a result or a problem, never to anything else', () => {
  it.concurrent.each(TARGETS.map(({ name }) => name))('%s', async (name) => {
    const { report, failures } = await fuzz(name, {
      seed: SEED,
      inputs: INPUTS,
      truncations: TRUNCATIONS,
      milliseconds: 100_000,
    });
    expect(failures.map(({ message, input, file }) => `${message} (input ${input}, ${file})`)).toEqual([]);
    expect(report.inputs).toBe(INPUTS);
  });
});
