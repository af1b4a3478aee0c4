import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import type { KnownApis } from '../../apis/knownApis.ts';
import type { SaidClasses } from '../../classes/classEvidence.ts';
import { PatchedText } from '../../common/patchedText.ts';
import type { LineStarts } from '../../lineStarts.ts';
import type { LossAnalysis, LossConfig } from '../../lossConfig.ts';
import type { Scalar } from '../configEntries.ts';
import { scalarOf } from '../yamlScalars.ts';
import { Shell } from './shellCommands.ts';
import { eitherOf } from './shellValues.ts';
import { commandsOf } from './shellWords.ts';

/** Lines between two yields. */
const LINES = 1000;
/** A line, or a variable, that is longer is data. */
const LONGEST = 10_000;
/** `LS = 0.1`, `LS := 0.1`, `LS ?= 0.1` */
const ASSIGNMENT = /^[ ]*(?:export[ ]+|override[ ]+)?([A-Za-z_]\w*)[ \t]*([?+:]?:?:?)=[ \t]*/;

/** α on the command lines of a Makefile's recipes, by its variables. */
export function* lossesInMakefile(
  text: string,
  lines: LineStarts,
  comments: readonly SaidClasses[],
  apis: KnownApis,
): Work<Pick<LossAnalysis, 'configs' | 'failures'>> {
  const { script, variables } = yield* readMakefile(text, lines);
  const failures: AnalysisFailure[] = [];
  const configs: LossConfig[] = [];
  const shell = new Shell(text, lines, comments, apis, (name) => variables.get(name));
  for (const words of commandsOf(script)) {
    if (words) configs.push(...(yield* guardedSteps(failures, 0, shell.lossesOf(words))));
    yield 0;
  }
  return { configs, failures };
}

/** What a Makefile hands to the shell, as a text that is as long as the file, and what its variables are. */
function* readMakefile(
  text: string,
  lines: LineStarts,
): Work<{ readonly script: string; readonly variables: ReadonlyMap<string, Scalar> }> {
  const script = new PatchedText(text);
  const variables = new Map<string, Scalar>();
  let branches = 0;
  let isContinued = false;
  let isRecipe = false;
  for (let line = 0; line < lines.length; line++) {
    if (line % LINES === LINES - 1) yield line / lines.length;
    const from = lines[line]!;
    const to = lines[line + 1] ?? text.length;
    const written = text.slice(from, to);
    const begins = !isContinued;
    if (begins) isRecipe = written.startsWith('\t');
    isContinued = /\\\r?\n?$/.test(written);
    if (isRecipe) script.replace(from, to, begins ? recipeLine(written) : asShell(written));
    else {
      if (/^[ ]*ifn?(?:eq|def)\b/.test(written)) branches++;
      if (/^[ ]*endif\b/.test(written)) branches = Math.max(0, branches - 1);
      script.replace(from, to, flagsOf(written) ?? blanked(written));
      assign(written, { from, line }, branches > 0, variables);
    }
  }
  return { script: script.toString(), variables };
}

/** Without the signs in front, and with the variables as a shell has them. */
function recipeLine(written: string): string {
  const signs = /^\t[ \t]*[-@+]*/.exec(written)?.[0] ?? '';
  return ' '.repeat(signs.length) + asShell(written.slice(signs.length));
}

/** `$(LS)` is `${LS}`, and `$$LS` is the shell's `$LS`: as long as before. */
function asShell(line: string): string {
  return line
    .replace(/\$\((\w+)\)/g, (_, name: string) => `$\{${name}}`)
    .replace(/\$\$(\w+|\{\w+\})/g, '$$$1 ');
}

/** `FLAGS = --lr 0.1 --label-smoothing 0.1`: the flags, as if they were a command. */
function flagsOf(written: string): string | undefined {
  const [head, name] = ASSIGNMENT.exec(written.slice(0, LONGEST)) ?? [];
  const value = head === undefined ? '' : written.slice(head.length);
  return name !== undefined && value.startsWith('-') ? ' '.repeat(head!.length) + asShell(value) : undefined;
}

function blanked(line: string): string {
  return line.replace(/[^\r\n]/g, ' ');
}

function assign(
  written: string,
  { from, line }: { readonly from: number; readonly line: number },
  maybe: boolean,
  variables: Map<string, Scalar>,
): void {
  if (written.length > LONGEST) return;
  const [head, name, sign] = ASSIGNMENT.exec(written) ?? [];
  if (head === undefined || name === undefined) return;
  const comment = written.indexOf('#', head.length);
  const value = written.slice(head.length, comment === -1 ? written.length : comment).trimEnd();
  const span = { from: from + head.length, to: from + head.length + value.length };
  const scalar = scalarOf(value, value, false, { span, line });
  const before = variables.get(name);
  if (sign === '+' || (sign === '?' && before)) return;
  const origins = [{ kind: 'environment', name, place: { span, line } } as const];
  const own = sign === '?' ? { ...scalar, origins } : scalar;
  variables.set(name, maybe && before ? eitherOf(before, own) : own);
}
