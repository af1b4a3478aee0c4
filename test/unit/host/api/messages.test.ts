import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLogits } from '../../../../src/host/api/readLogits.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { engineInProcess } from './inProcess.ts';

/** `=== reason, file name` and a text, `==> ` and what is said of it: the sentence, or the candidates. */
const GOLDEN = join(import.meta.dirname, 'golden', 'messages.txt');
const engine = engineInProcess();
afterAll(() => engine.dispose());

interface Case {
  readonly reason: string;
  readonly fileName: string | undefined;
  readonly text: string;
  readonly said: string;
}

const cases: readonly Case[] = readFileSync(GOLDEN, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [head = '', ...lines] = part.split('\n');
    const [reason = '', fileName] = head.split(', ');
    const end = lines.findIndex((line) => line.startsWith('==>'));
    const said = lines[end]!.slice(4);
    return { reason, fileName, text: lines.slice(0, end).join('\n'), said };
  });

async function said({ text, fileName }: Case): Promise<{ reason: string; said: string }> {
  const reply = await readLogits(engine, text, fileName === undefined ? {} : { fileName });
  if (reply.ok) return { reason: 'read', said: [reply.name, ...reply.warnings].join(' | ') };
  if (reply.reason !== 'several') return { reason: reply.reason, said: reply.message };
  const offered = reply.candidates.map(({ name, shape, role }) => `${name} [${shape}] ${role}`);
  return { reason: reply.reason, said: offered.join(', ') };
}

describe('what is said of a source that can’t be read', async () => {
  if (process.env.UPDATE_GOLDEN) {
    const written = [];
    for (const each of cases) {
      const now = await said(each);
      const head = [now.reason, each.fileName].filter((part) => part !== undefined).join(', ');
      written.push(`=== ${head}\n${each.text}\n==> ${now.said}\n`);
    }
    writeFileSync(GOLDEN, written.join(''));
    return;
  }
  it.each(cases.map((each) => [`${each.reason}: ${each.text.slice(0, 40)}`, each] as const))(
    '%s',
    async (_, each) => expect(await said(each)).toEqual({ reason: each.reason, said: each.said }),
  );

  it('has a case for each reason that a text can have', () => {
    const source = readFileSync(join(ROOT, 'src/readers/readProblem.ts'), 'utf8');
    const text = source.slice(source.indexOf('export type ReadProblem'));
    const all = [...text.matchAll(/reason: '([a-z0-9-]+)'/g)].map(([, reason]) => reason!);
    const missing = all.filter(
      (reason) => !ONLY_OF_FILES.has(reason) && !cases.some((each) => each.reason === reason),
    );
    expect(missing).toEqual([]);
  });
});

const ONLY_OF_FILES: ReadonlySet<string> = new Set(
  'no-arrays not-format array-type file-size twice axes zip-method zip-entry zip-overlap inflates bad-deflate inflated-size checksum tensor-place pickle-damaged pickle-feature pickle-size pickle-deep other-file training-arguments text-size too-large columns no-targets no-member damaged codec missing-value row-length other-format impossible-sums'.split(
    ' ',
  ),
);
