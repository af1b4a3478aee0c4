import { readJsonTargets } from '../../../src/readers/json/readJsonTargets.ts';
import { readTextTargets } from '../../../src/readers/readTextTargets.ts';
import { checkProblem, outcomeOf } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';
import { CONTEXT, JSON_SAMPLES, JSON_TOKENS } from './samples.ts';

const SAMPLES = [
  '[0, 1]',
  '["cat", "dog"]',
  '[[0.25, 0.75], [1, 0]]',
  '{"labels": [1, -1]}',
  '{"y": 0}\n{"y": "dog"}\n',
  '[{"target": [0.5, 0.5]}, {"target": [0, 1]}]',
  'tensor([0, 1])',
  'labels = array([1, 0], dtype=int64)',
];

/** Targets by themselves: as many as rows, each a class of them. */
export const jsonTargetsTarget: FuzzTarget = {
  name: 'targets',
  samples: [...SAMPLES.map(encode), ...JSON_SAMPLES],
  tokens: [...JSON_TOKENS, 'tensor([', 'array(', '])', '"cat"', '"dog"', '-1'],
  *run(bytes) {
    for (const member of [undefined, 'labels'])
      for (const work of [readJsonTargets, readTextTargets]) {
        const found = yield* work(bytes, CONTEXT, member);
        if (!found.ok) {
          checkProblem(found.problem, bytes.length);
          continue;
        }
        const { kind, values } = found.value.targets;
        expectThat(values.length === (kind === 'soft' ? 4 : 2), () => `${values.length} targets`);
        const isWrong = (value: number) => kind === 'indices' && ![-1, 0, 1].includes(value);
        expectThat(!Array.from(values).some(isWrong), () => `Targets ${values}`);
      }
    return outcomeOf(yield* readTextTargets(bytes, CONTEXT));
  },
};
