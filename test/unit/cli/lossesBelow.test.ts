import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lossesBelow } from '../../../src/cli/mcp/lossesBelow.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'losses-'));
beforeAll(() => {
  for (const name of ['a', 'b', 'c'])
    writeFileSync(join(folder, `${name}.py`), 'from torch import nn\nloss = nn.CrossEntropyLoss()\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('losses below a folder', () => {
  it('are looked for until nobody wants them any more', async () => {
    const abort = new AbortController();
    // What the first file's project asks for is looked up while that file is.
    const allows = (path: string) => {
      if (path.endsWith('requirements.txt')) abort.abort();
      return true;
    };
    await expect(lossesBelow(folder, { allows, signal: abort.signal })).rejects.toThrow('aborted');
  });

  it('are in three files', async () => {
    const { signal } = new AbortController();
    const { found, files, left } = await lossesBelow(folder, { allows: () => true, signal });
    expect({ files, left }).toEqual({ files: 3, left: 0 });
    expect(found.map(({ losses }) => losses.map(({ range }) => range.start.line))).toEqual([[1], [1], [1]]);
  });
});
