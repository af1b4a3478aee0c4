import { readFileSync, writeFileSync } from 'node:fs';
import type { AlphaRange } from '../../../src/frameworks/acceptedAlpha.ts';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import type { FrameworkApi } from '../../../src/frameworks/frameworkApi.ts';

export const DOCS = new URL('../../../docs/semantics.md', import.meta.url);

const HEAD = ['API', 'framework', 'argument', 'convention', 'default α', 'takes', 'verified'];
const LAST = '\n\nImport paths, argument positions';

/** The table of APIs in docs/semantics.md, and the sentence about those without smoothing. */
export function docsTable(apis: readonly FrameworkApi[]): string {
  const rows = [HEAD, ...apis.filter(({ instead }) => instead !== 'nothing').map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => [...row[column]!].length)));
  const line = (cells: readonly string[], pad = ' ') =>
    `| ${cells.map((cell, column) => cell + pad.repeat(widths[column]! - [...cell].length)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const table = [
    line(head),
    line(
      HEAD.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n');
  const none = apis.filter(({ instead }) => instead === 'nothing').map(({ id }) => `\`${id}\``);
  return `${table}\n\nNo label smoothing: ${none.join(', ')}.`;
}

function cellsOf({
  id,
  framework,
  calls,
  conventions,
  default: alpha,
  range,
  form,
  verified,
}: FrameworkApi): readonly string[] {
  const names = [...new Set(calls.flatMap((call) => call.argument ?? call.paths[0] ?? []))].join(', ');
  const loss = form === 'kl' ? ' · KL' : form === 'ce-constant' ? ' · CE − constant' : '';
  return [
    `\`${id}\``,
    framework,
    names && `\`${names}\``,
    conventions.length === 0 ? 'its own' : `${conventions.join(' or ')}${loss}`,
    String(alpha ?? '–'),
    conventions.length === 0 ? '' : takes(range),
    { run: 'run', formula: 'formula run', read: 'read' }[verified],
  ];
}

function takes({ from, to, open, below, above }: AlphaRange): string {
  const interval = `${open === 'from' || open === 'both' ? '(' : '['}${from}, ${to}${open === 'to' || open === 'both' ? ')' : ']'}`;
  return below === above ? `${interval}: ${below}` : `${interval}: ${below} below, ${above} above`;
}

/** Where the table is in the text of the docs. */
export function placeInDocs(text: string): readonly [from: number, to: number] {
  return [text.indexOf('| API '), text.indexOf(LAST)];
}

if (process.argv.includes('--write')) {
  const text = readFileSync(DOCS, 'utf8');
  const [from, to] = placeInDocs(text);
  writeFileSync(DOCS, text.slice(0, from) + docsTable(FRAMEWORK_APIS) + text.slice(to));
}
