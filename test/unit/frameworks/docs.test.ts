import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import { USERS } from '../../../src/frameworks/conventionUsers.ts';
import { CONVENTION_NAMES, type ConventionName } from '../../../src/loss/conventions/conventions.ts';
import { DOCS, docsTable, placeInDocs } from './docsTable.ts';

const docs = readFileSync(DOCS, 'utf8');

/** True if the catalogue has an API that reads α so, of what a text names: `MMPretrain multi_label`, `Hugging Face`. */
function reads(user: string, convention: ConventionName): boolean {
  return FRAMEWORK_APIS.some(
    ({ framework, conventions }) =>
      conventions.includes(convention) &&
      framework.split(', ').some((name) => user.startsWith(name) || name.startsWith(user)),
  );
}

describe('docs/semantics.md', () => {
  it('has the table of the catalogue; after a change: node test/unit/frameworks/docsTable.ts --write', () => {
    expect(docs.slice(...placeInDocs(docs))).toBe(docsTable(FRAMEWORK_APIS));
  });

  it.each(CONVENTION_NAMES)('names users of %s that read α so', (convention) => {
    const row = docs.split('\n').find((line) => line.startsWith(`| ${convention} `)) ?? '';
    const users = row
      .split('|')
      .at(-2)!
      .trim()
      .split(/, | and /);
    const wrong = users
      .map((user) => user.replace(/^smp\b/, 'segmentation_models.pytorch').replace(/ (?:≤|binary|`).*/, ''))
      .filter((user) => !reads(user, convention));
    expect(wrong).toEqual([]);
  });
});

describe('the users of a convention, as the panel names them', () => {
  it.each(CONVENTION_NAMES)('read α as %s', (convention) => {
    expect(USERS[convention].split(', ').filter((user) => !reads(user, convention))).toEqual([]);
  });
});
