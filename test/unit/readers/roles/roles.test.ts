import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import type { LogitsBatch } from '../../../../src/readers/logitsBatch.ts';
import type { Outcome } from '../../../../src/readers/outcome.ts';
import type { ReadProblem } from '../../../../src/readers/readProblem.ts';
import { readText } from '../../../../src/readers/readText.ts';
import { readTable } from '../../../../src/readers/table/readTable.ts';

/** `=== what it's about`, a source, `==> ` and what its arrays are for. A title that ends with "(file)" is of a file of a table. */
const GOLDEN = join(import.meta.dirname, 'golden', 'roles.txt');

interface Case {
  readonly title: string;
  readonly text: string;
  readonly roles: string;
}

const cases: readonly Case[] = readFileSync(GOLDEN, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [title = '', ...lines] = part.split('\n');
    const end = lines.findIndex((line) => line.startsWith('==>'));
    return { title, text: lines.slice(0, end).join('\n'), roles: lines[end]!.slice(4) };
  });

function rolesIn({ title, text }: Case): string {
  const bytes = new TextEncoder().encode(`${text}\n`);
  const read = finish(title.endsWith('(file)') ? readTable(bytes) : readText(bytes));
  return described(read);
}

function described(read: Outcome<LogitsBatch, ReadProblem>): string {
  if (!read.ok) {
    const { problem } = read;
    if (problem.reason !== 'several') return `refused: ${problem.reason}`;
    return `asked: ${problem.candidates.map(({ name, role }) => `${name} (${role})`).join(', ')}`;
  }
  const { shape, kind, labelling, keys, targets, classNames, declared } = read.value;
  return [
    `${keys.logits ?? 'unnamed'} [${shape.join(', ')}] ${labelling === 'one-class' ? kind : `${labelling} ${kind}`}`,
    targets
      ? `targets ${keys.targets ?? 'unnamed'} ${targets.kind} ${[...targets.values].join(' ')}`
      : 'no targets',
    ...(classNames ? [`classes ${classNames.join(' ')}`] : []),
    ...(declared.ignoreIndex === null ? [] : [`ignores ${declared.ignoreIndex}`]),
    ...(keys.leftOut?.length ? [`left out: ${keys.leftOut.join(', ')}`] : []),
    ...read.value.warnings.map(({ reason }) => `(${reason})`),
  ].join('; ');
}

describe('what the arrays of a source are for', () => {
  if (process.env.UPDATE_GOLDEN)
    writeFileSync(
      GOLDEN,
      cases.map((each) => `=== ${each.title}\n${each.text}\n==> ${rolesIn(each)}\n`).join(''),
    );
  else
    it.each(cases.map((each) => [each.title, each] as const))('%s', (_, each) =>
      expect(rolesIn(each)).toBe(each.roles),
    );
});
