import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../vscode/paths.ts';

export interface Machine {
  readonly cpu: string;
  readonly threads: number;
  readonly memoryGB: number;
  readonly system: string;
}

export function machine(): Machine {
  return {
    cpu: cpuName(),
    threads: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${arch()}`,
  };
}

/** What isn't a contender's own to know. */
export function ownVersions(): Record<string, string> {
  const { version }: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return { 'smooth-labels': version, node: process.versions.node, v8: process.versions.v8 };
}

/** Virtual machines often hide the model; its family still says which core it is. */
function cpuName(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  if (type() !== 'Linux' || /\d/.test(model)) return model;
  const info = readFileSync('/proc/cpuinfo', 'utf8');
  const [family, number] = ['cpu family', 'model'].map(
    (key) => new RegExp(`^${key}\\s*: (\\d+)$`, 'm').exec(info)?.[1],
  );
  return family === undefined ? model : `${model}, family ${family} model ${number}`;
}
