import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readLogits } from '../../../../src/host/api/readLogits.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { engineInProcess } from './inProcess.ts';

const FOLDER = join(ROOT, 'test', 'reference', 'pickles', 'numpy');
const engine = engineInProcess();
afterAll(() => engine.dispose());

/** What is read of a file, or asked, in a line. */
async function lineOf(file: string): Promise<string> {
  const read = await readLogits(engine, new Uint8Array(readFileSync(join(FOLDER, file))), { fileName: file });
  if (!read.ok)
    return read.reason === 'several'
      ? `asks: ${read.candidates.map(({ name, shape, role }) => `${name} ${shape} ${role}`).join('; ')}`
      : `refuses: ${read.message}`;
  const { name, shape, kind, targets, classNames, labelSmoothing, ignoreIndex, leftOut, values } = read;
  const facts = [
    `${name || 'no name'} ${shape.join(' × ')} ${kind}, the last ${values.at(-1)}`,
    targets ? `targets ${targets.name || 'without a name'}: ${targets.values}` : 'no targets',
    classNames && `classes ${classNames}`,
    labelSmoothing !== null && `α = ${labelSmoothing}`,
    ignoreIndex !== null && `ignores ${ignoreIndex}`,
    leftOut.length > 0 && `leaves out ${leftOut}`,
  ];
  return facts.filter(Boolean).join('; ');
}

it('what people pickle with NumPy is read, asked about or refused as golden.txt has it', async () => {
  const lines: string[] = [];
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith('.pkl'))
    .toSorted())
    lines.push(`${file}: ${await lineOf(file)}`);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(FOLDER, 'golden.txt'));
});
