import { relative, sep } from 'node:path';
import { MOST_CHARACTERS, MOST_IN_LINE } from '../../analysis/common/sourceLimits.ts';
import { lineAt, lineStartsOf } from '../../analysis/lineStarts.ts';
import { IgnoreComments } from '../../problems/ignoreComments.ts';
import { problemsOf, withoutRepeats } from '../../problems/problems.ts';
import { SEVERITIES } from '../../problems/severity.ts';
import { count } from '../../words/numberFormat.ts';
import { type Command, type Terminal, UsageError } from '../command.ts';
import { CHECK_USAGE, checkArguments } from './checkArguments.node.ts';
import { type CheckedText, checkedFile } from './checkedFile.node.ts';
import { type FoundFile, foundFiles } from './foundFiles.node.ts';
import { Project } from './project.node.ts';
import type { Report, ReportedProblem } from './report.ts';
import { REPORTS } from './reports.ts';

const [NOTHING, SOMETHING, TROUBLE] = [0, 1, 2];

/** `smooth-labels check PATH…` */
export const checkCommand: Command = { usage: CHECK_USAGE, run: check };

async function check(args: readonly string[], terminal: Terminal): Promise<number> {
  const { paths, format, level, quiet } = checkArguments(args);
  const progress = quiet ? null : terminal.progress;
  const report = checked(filesOf(paths, terminal), terminal, progress);
  const least = SEVERITIES.indexOf(level);
  const problems = report.problems.filter(({ severity }) => SEVERITIES.indexOf(severity) <= least);
  terminal.print(REPORTS[format]({ ...report, problems }, terminal.version));
  if (report.tooLarge.length > 0) terminal.error(skippedText(report.tooLarge));
  return report.unreadable > 0 ? TROUBLE : problems.length > 0 ? SOMETHING : NOTHING;
}

/** Names in a sentence. */
const MOST_NAMES = 5;

function skippedText(paths: readonly string[]): string {
  const [many, more] = [count(paths.length), paths.length - MOST_NAMES];
  const files = paths.length === 1 ? '1 file was' : `${many} files were`;
  const limits = `more than ${count(MOST_CHARACTERS)} characters, or a line of more than ${count(MOST_IN_LINE)}`;
  const names = paths.slice(0, MOST_NAMES).join(', ');
  return `${files} skipped (${limits}): ${names}${more > 0 ? ` and ${count(more)} more` : ''}\n`;
}

function filesOf(paths: readonly string[], { folder }: Terminal): readonly FoundFile[] {
  try {
    return [...foundFiles(paths, folder)];
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${path ?? ''} can’t be read (${code}).`, CHECK_USAGE);
  }
}

/** The line isn't drawn more often than anybody reads it. */
const REDRAW_MS = 100;

function checked(files: readonly FoundFile[], terminal: Terminal, progress: Terminal['progress']): Report {
  const project = new Project();
  const problems: ReportedProblem[] = [];
  const tooLarge: string[] = [];
  let [losses, unreadable, drawn] = [0, 0, 0];
  for (const [i, file] of files.entries()) {
    const now = performance.now();
    const path = relative(terminal.folder, file.path).split(sep).join('/');
    if (progress && now - drawn >= REDRAW_MS) {
      progress(`${i} of ${files.length} files: ${path}`);
      drawn = now;
    }
    try {
      const texts = checkedFile(file, project);
      if (!texts) tooLarge.push(path);
      for (const text of texts ?? []) {
        losses += text.configs.length;
        problems.push(...reported(text, path));
      }
    } catch (error) {
      unreadable++;
      progress?.('');
      terminal.error(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  progress?.('');
  return { problems, files: files.length, losses, unreadable, tooLarge };
}

function reported({ text, cell, configs }: CheckedText, path: string): ReportedProblem[] {
  const starts = lineStartsOf(text);
  const comments = new IgnoreComments(text);
  const placeOf = (offset: number) => {
    const line = lineAt(starts, offset);
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
  const problems = configs.flatMap((config) => problemsOf(config, comments));
  return withoutRepeats(problems, (problem) => problem).map(({ code, severity, message, span }) => ({
    path,
    cell,
    code,
    severity,
    message,
    start: placeOf(span.from),
    end: placeOf(span.to),
  }));
}
