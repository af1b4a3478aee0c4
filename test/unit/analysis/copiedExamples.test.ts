import { expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** α of a call of GluonCV's function, copied with a default of its own, or none. */
function alphaOf(parameters: string, call: string) {
  const source = `def smooth(${parameters}):
    return [y.one_hot(classes, on_value=1 - eta + eta / classes, off_value=eta / classes) for y in label]

label = ${call}
`;
  const { state, value } = analyzed(source, 'python').configs.at(-1)!.alpha;
  return { state, value };
}

it('α that a copy of an example leaves out is the copy’s default', () => {
  expect(alphaOf('label, classes, eta=0.2', 'smooth(y, 1000)')).toEqual({ state: 'default', value: 0.2 });
  expect(alphaOf('label, classes, eta=LS', 'smooth(y, 1000)')).toEqual({
    state: 'unknown',
    value: undefined,
  });
  expect(alphaOf('label, classes, eta=0.2', 'smooth(y, 1000, 0.1)')).toEqual({ state: 'known', value: 0.1 });
});
