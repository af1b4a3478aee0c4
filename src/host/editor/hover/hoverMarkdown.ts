import { MarkdownString } from 'vscode';
import { markdownCode, markdownText } from '../../../escape/markdown.ts';
import type { LearnPage } from '../../../protocol/learnPages.ts';
import { clipped } from '../../../words/clipped.ts';
import { COMMANDS } from '../../contributions.ts';
import type { LensTarget } from '../lens/codeLens.ts';

/** The commands a hover may run. */
const HOVER_COMMANDS = [
  COMMANDS.openPlayground,
  COMMANDS.openConfig,
  COMMANDS.setClasses,
  COMMANDS.copyEquivalent,
  COMMANDS.openDocs,
  COMMANDS.openLab,
] as const;

/** Those that are about a loss. */
type HoverCommand = Exclude<(typeof HOVER_COMMANDS)[number], typeof COMMANDS.openLab>;

export function hoverText(paragraphs: readonly string[]): MarkdownString {
  const markdown = new MarkdownString(paragraphs.filter((text) => text !== '').join('\n\n'), true);
  markdown.isTrusted = { enabledCommands: [...HOVER_COMMANDS] };
  return markdown;
}

/** More of a name or an expression isn't read in a hover. */
const MOST_LETTERS = 500;

/** A sentence with text of a source in it, as nothing but text. */
export function text(sentence: string): string {
  return markdownText(clipped(sentence, MOST_LETTERS));
}

/** Text of a source as code, and as nothing but text. */
export function code(source: string): string {
  return markdownCode(clipped(source, MOST_LETTERS));
}

/** `label` is Markdown of our own. */
export function link(
  label: string,
  command: HoverCommand,
  of: LensTarget | LearnPage,
  ...more: readonly unknown[]
): string {
  const args = encodeURIComponent(JSON.stringify([of, ...more]));
  // What else could end the link.
  const inLink = args.replace(/[()'!*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `[${label}](command:${command}?${inLink})`;
}

/** Opens the lab; `label` is Markdown of our own. */
export function labLink(label: string): string {
  return `[${label}](command:${COMMANDS.openLab})`;
}

/** Cells are Markdown, with no text of a source in them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A hover's tables have no room between columns.
  const padded = (cell: string, i: number) => `${i > 0 ? '&emsp;' : ''}${cell.replaceAll('|', '\\|')}`;
  const row = (cells: readonly string[]) => `| ${cells.map(padded).join(' | ')} |`;
  const aligned = `|${head.map((_, i) => (i === 0 ? ':--' : '--:')).join('|')}|`;
  return [row(head), aligned, ...rows.map(row)].join('\n');
}
