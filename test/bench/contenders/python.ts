import { spawnSync } from 'node:child_process';

const CANDIDATES = process.platform === 'win32' ? ['python'] : ['/usr/bin/python3', 'python3'];

/** The first Python here that has PyTorch and NumPy. Throws an Error if the one that is `wanted` has not. */
export function pythonWithTorch(wanted?: string): string | undefined {
  const candidates = wanted === undefined ? CANDIDATES : [wanted];
  const found = candidates.find((python) => spawnSync(python, ['-c', 'import numpy, torch']).status === 0);
  if (wanted !== undefined && found === undefined)
    throw new Error(`--python: ${wanted} doesn’t have NumPy and PyTorch`);
  return found;
}
