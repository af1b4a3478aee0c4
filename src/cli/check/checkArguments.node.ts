import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';

export const CHECK_USAGE = `Usage: smooth-labels check PATH… [--format FORMAT] [--severity LEVEL]

Reports mistakes with label smoothing in Python files, notebooks, YAML, JSON,
TOML, shell scripts and makefiles. Folders are searched; what .gitignore
leaves out isn't looked at, unless it's named.

  --format FORMAT    text (default), github, json or sarif
  --severity LEVEL   the least that is reported: error, warning (default), info or hint
  --quiet            no line that shows how far it is

Exit code: 0 if nothing is reported, 1 if something is, 2 if something can't be read.
`;

const FORMATS = ['text', 'github', 'json', 'sarif'] as const;
const LEVELS = ['error', 'warning', 'info', 'hint'] as const;

export type ReportFormat = (typeof FORMATS)[number];
export type ReportLevel = (typeof LEVELS)[number];

export interface CheckArguments {
  readonly paths: readonly string[];
  readonly format: ReportFormat;
  readonly level: ReportLevel;
  readonly quiet: boolean;
}

/** What a command line asks for. Throws `UsageError`. */
export function checkArguments(args: readonly string[]): CheckArguments {
  const { values, positionals } = parsed(args);
  if (positionals.length === 0) throw new UsageError('Name a file or a folder.', CHECK_USAGE);
  return {
    paths: positionals,
    format: oneOf('--format', values.format, FORMATS, 'text'),
    level: oneOf('--severity', values.severity, LEVELS, 'warning'),
    quiet: values.quiet ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        severity: { type: 'string' },
        quiet: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), CHECK_USAGE);
  }
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  known: readonly T[],
  otherwise: T,
): T {
  if (value === undefined) return otherwise;
  const found = known.find((each) => each === value);
  if (!found)
    throw new UsageError(`“${value}” isn’t a value of ${option}: ${known.join(', ')}.`, CHECK_USAGE);
  return found;
}
