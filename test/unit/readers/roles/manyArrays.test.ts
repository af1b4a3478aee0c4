import { expect, it } from 'vitest';
import { meaningOfArray } from '../../../../src/readers/roles/arrayMeaning.ts';
import { type NamedArray, usualFacts } from '../../../../src/readers/roles/namedArray.ts';
import { chooseScores } from '../../../../src/readers/roles/scores/chooseScores.ts';

/** More than a call takes as arguments. */
const MANY = 500_000;

it('has each line of a long log to choose from, where each is a list', () => {
  const array: NamedArray = {
    ...usualFacts(),
    name: 'list 1',
    isNamed: false,
    path: [],
    shape: [3],
    type: null,
    content: { kind: 'numbers', values: Float32Array.of(0.5, -1.5, 2) },
    start: 0,
    end: 16,
  };
  const candidates = new Array(MANY).fill({ array, meaning: meaningOfArray(array), strength: 1 });
  const chosen = chooseScores([array], undefined, candidates);
  expect(chosen).toMatchObject({ ok: false, problem: { reason: 'several' } });
  expect(!chosen.ok && chosen.problem.reason === 'several' && chosen.problem.candidates).toHaveLength(MANY);
});
