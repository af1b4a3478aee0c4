import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import type { AlphaRange, FrameworkApi } from '../../../src/frameworks/frameworkApi.ts';

/** Cells are padded to one width. */
const compact = (text: string) => text.replace(/ +/g, ' ');
const docs = readFileSync(new URL('../../../docs/semantics.md', import.meta.url), 'utf8').replace(/ +/g, ' ');

/** The line of an API in the table of docs/semantics.md. */
function lineOf({
  id,
  framework,
  calls,
  conventions,
  default: alpha,
  range,
  form,
  verified,
}: FrameworkApi): string {
  const argument = [...new Set(calls.map((call) => call.argument ?? call.paths[0]))].join(', ');
  const loss = form === 'kl' ? ' · KL' : form === 'ce-constant' ? ' · CE − constant' : '';
  const convention = conventions.length === 0 ? 'its own' : `${conventions.join(' or ')}${loss}`;
  const how = { run: 'run', formula: 'formula run', read: 'read' }[verified];
  return `| \`${id}\` | ${framework} | ${argument && `\`${argument}\``} | ${convention} | ${alpha ?? '–'} | ${
    conventions.length === 0 ? '' : outside(range)
  } | ${how} |`;
}

function outside({ from, to, open, below, above }: AlphaRange): string {
  const interval = `${open === 'from' || open === 'both' ? '(' : '['}${from}, ${to}${open === 'to' || open === 'both' ? ')' : ']'}`;
  return below === above ? `${interval}: ${below}` : `${interval}: ${below} below, ${above} above`;
}

describe('docs/semantics.md', () => {
  const smoothing = FRAMEWORK_APIS.filter(({ instead }) => instead !== 'nothing');
  it.each(smoothing.map((api) => [api.id, lineOf(api)]))('has the line of %s', (_, line) => {
    expect(compact(docs)).toContain(compact(line));
  });

  it('names those that have none', () => {
    for (const { id, instead } of FRAMEWORK_APIS)
      if (instead === 'nothing') expect(docs).toContain(`\`${id}\``);
  });
});
