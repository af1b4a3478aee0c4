import { MarkdownString } from 'vscode';
import type { Target } from '../codeLens.ts';

/** The commands a hover may run. */
const COMMANDS = [
  'smoothLabels.openConfig',
  'smoothLabels.setClasses',
  'smoothLabels.copyEquivalent',
] as const;

export type HoverCommand = (typeof COMMANDS)[number];

export function hoverText(paragraphs: readonly string[]): MarkdownString {
  const markdown = new MarkdownString(paragraphs.filter((text) => text !== '').join('\n\n'), true);
  markdown.isTrusted = { enabledCommands: [...COMMANDS] };
  return markdown;
}

/** Text of a source as code: whatever it has in it, it's nothing but text. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const fence = '`'.repeat(1 + Math.max(0, ...(line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

export function link(
  text: string,
  command: HoverCommand,
  target: Target,
  ...more: readonly unknown[]
): string {
  return `[${text}](command:${command}?${encodeURIComponent(JSON.stringify([target, ...more]))})`;
}

/** Cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A hover's tables have no room between columns.
  const padded = (cell: string, i: number) => `${i > 0 ? '&emsp;' : ''}${cell.replaceAll('|', '\\|')}`;
  const row = (cells: readonly string[]) => `| ${cells.map(padded).join(' | ')} |`;
  const aligned = `|${head.map((_, i) => (i === 0 ? ':--' : '--:')).join('|')}|`;
  return [row(head), aligned, ...rows.map(row)].join('\n');
}
