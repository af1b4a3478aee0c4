import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** α of the settings that are found in Python and in YAML. */
function found(name: string, entries: readonly (readonly [string, string])[], above = 'losses') {
  const python = `${above} = {'${name}': {${entries.map(([key, value]) => `'${key}': ${value}`).join(', ')}}}\n`;
  const yaml = `${above}:\n  ${name}:\n${entries.map(([key, value]) => `    ${key}: ${value}\n`).join('')}`;
  return [analyzed(python, 'python'), analyzed(yaml, 'yaml')].map(({ configs }) =>
    configs.map(({ alpha }) => alpha.value),
  );
}

describe('the settings of a loss that smooths labels by its name', () => {
  it.each([
    [
      'labelsmoothloss',
      [
        ['num_class', '5'],
        ['smoothing', '0.3'],
        ['dim', '-1'],
      ],
    ],
    ['label_smoothing_loss', [['epsilon', '0.3']]],
    ['label_smooth_params', [['alpha', '0.3']]],
    ['label_smoothing', [['epsilon', '0.3']]],
  ] as const)('%s', (name, entries) => {
    expect(found(name, entries)).toEqual([[0.3], [0.3]]);
  });
  it('not of a discriminator', () => {
    expect(found('label_smoothing_loss', [['epsilon', '0.3']], 'discriminator')[1]).toEqual([]);
  });
  it('not where it’s off', () => {
    expect(
      found('label_smoothing_loss', [
        ['enabled', 'false'],
        ['epsilon', '0.3'],
      ])[1],
    ).toEqual([]);
  });
});
