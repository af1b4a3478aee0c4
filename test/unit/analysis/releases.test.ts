import { describe, expect, it } from 'vitest';
import { releasesIn } from '../../../src/analysis/checks/releases.ts';

const EXACT = { versions: { torch: '1.9.1' }, pins: { torch: '1.9.1' } };
const LEAST = { versions: { torch: '1.9.1' }, pins: {} };

describe('the releases that a project asks for', () => {
  it.each([
    ['requirements.txt', 'numpy\ntorch==1.9.1  # CUDA 11\n', EXACT],
    ['requirements.txt, at least', 'torch>=1.9.1,<2\n', LEAST],
    ['requirements.txt, compatible', 'torch[opt]~=1.9.1\n', LEAST],
    ['pyproject.toml', '[project]\ndependencies = [\n  "torch==1.9.1",\n]\n', EXACT],
    ['pyproject.toml of Poetry', '[tool.poetry.dependencies]\ntorch = "^1.9.1"\n', LEAST],
    ['pyproject.toml of Poetry, pinned', '[tool.poetry.dependencies]\ntorch = "==1.9.1"\n', EXACT],
    ['environment.yml', 'dependencies:\n  - pip:\n    - torch==1.9.1\n', EXACT],
    ['environment.yml, of conda', 'dependencies:\n  - pytorch=1.9.1\n', EXACT],
    ['environment.yml, with a channel and a build', '  - pytorch::pytorch==1.9.1=py3.8_cuda11\n', EXACT],
    ['environment.yml, at least', '  - pytorch>=1.9.1\n', LEAST],
    ['setup.cfg', '[options]\ninstall_requires =\n    torch==1.9.1\n', EXACT],
    ['uv.lock, poetry.lock, pdm.lock', '[[package]]\nname = "torch"\nversion = "1.9.1"\n', EXACT],
    [
      'Pipfile.lock',
      JSON.stringify({ default: { torch: { hashes: [], version: '==1.9.1+cu111' } } }, null, 4),
      EXACT,
    ],
    ['another package', 'torchvision==1.9.1\n# torch==1.9.1\n', { versions: {}, pins: {} }],
  ])('%s', (_, text, asked) => {
    expect(releasesIn([text])).toEqual(asked);
  });

  it('are those of the first file that says any', () => {
    expect(releasesIn(['[[package]]\nname = "torch"\nversion = "1.9.1"\n', 'torch>=2.1\n'])).toEqual(EXACT);
  });
});
