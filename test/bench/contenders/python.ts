import { spawnSync } from 'node:child_process';

const CANDIDATES = process.platform === 'win32' ? ['python'] : ['/usr/bin/python3', 'python3'];

/** The first Python here that has PyTorch and NumPy. */
export function pythonWithTorch(): string | undefined {
  return CANDIDATES.find((python) => spawnSync(python, ['-c', 'import numpy, torch']).status === 0);
}
