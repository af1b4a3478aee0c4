import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grid, NamedArray } from '../../../src/readers/roles/namedArray.ts';

/** A text, and what it holds, as a file has it: "=== title", the text, "==>", what it holds. */
export interface GoldenCase {
  readonly title: string;
  readonly text: string;
  readonly holds: string;
}

/**
 * The cases of a golden file. With `UPDATE_GOLDEN=1` in the environment what they hold is written anew: read the difference before you
 * keep it.
 */
export function goldenCases(
  folder: string,
  file: string,
  holds: (text: string) => string,
): readonly GoldenCase[] {
  const path = join(folder, file);
  const cases = parsed(readFileSync(path, 'utf8'));
  if (!process.env.UPDATE_GOLDEN) return cases;
  const written = cases.map(({ title, text }) => `=== ${title}\n${text}==>\n${holds(text)}\n`).join('\n');
  writeFileSync(path, written);
  return parsed(written);
}

function parsed(content: string): readonly GoldenCase[] {
  return content
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const title = part.slice(0, part.indexOf('\n'));
      const [text, holds] = part.slice(title.length + 1).split(/^==>\n/m);
      return { title, text: text!, holds: holds!.trim() };
    });
}

/** An array on one line: its name (* if it was made up), shape, type, what printed it, and its rows. */
export function arrayLine(array: NamedArray): string {
  const { name, isNamed, path, shape, type, printer, content, names, firstIndex, classesFirst } = array;
  const facts = [
    `${isNamed ? '' : '* '}${[...path, name].join(' › ')} [${shape.join(', ')}] ${type}`,
    printer ?? 'written',
    ...(firstIndex === 1 ? ['counts from 1'] : []),
    ...(classesFirst ? ['samples are columns'] : []),
    ...(names ? [`of ${names.join(', ')}`] : []),
  ];
  return `${facts.join(', ')}: ${rowsOf(content, shape.at(-1) ?? 1)}`;
}

function rowsOf(content: NamedArray['content'], perRow: number): string {
  if (content.kind === 'flawed') return JSON.stringify(content.problem);
  if (content.kind === 'stored') return 'stored';
  const texts =
    content.kind === 'texts'
      ? content.values
      : Array.from(content.values, (value) => String(Number(value.toPrecision(7))));
  const rows = texts.flatMap((_, i) => (i % perRow === 0 ? [texts.slice(i, i + perRow).join(' ')] : []));
  return rows.join(' | ');
}

/** A table: its name, what printed it, its header, and a line for each row. */
export function gridLines({ header, columns, rows, text, dots, printer }: Grid, name: string | null): string {
  const cells = (row: number) =>
    Array.from({ length: columns }, (_, column) => text(row, column)).join(' | ');
  const head = `table ${name ?? ''} ${printer}${dots === undefined ? '' : `, cut at ${dots}`}`;
  const lines = Array.from({ length: rows }, (_, row) => `  ${cells(row)}`);
  return [head.replace(/ +/g, ' '), `  ${header?.join(' | ') ?? '–'}`, ...lines].join('\n');
}
