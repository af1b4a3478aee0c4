// `smooth-labels COMMAND …`: which commands there are.

import { type Command, type Terminal, UsageError } from './command.ts';

/** Each is loaded when it's asked for. A new one is a line here. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check/checkCommand.node.ts')).checkCommand,
  mcp: async () => (await import('./mcp/mcpCommand.node.ts')).mcpCommand,
};

/** What went wrong is the program's own affair: arguments, or files that can't be read. */
const TROUBLE = 2;

const USAGE = `Usage: smooth-labels COMMAND …

Commands:
  check PATH…    report mistakes with label smoothing in code and config files
  mcp [FOLDER…]  answer language models, as a server of the Model Context Protocol

smooth-labels COMMAND --help explains a command. --version prints the version.
`;

/** Runs a command. Resolves to the exit code. */
export async function runCommandLine(
  [name = '--help', ...rest]: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (name === '--help' || name === '-h') return print(terminal, USAGE);
  if (name === '--version') return print(terminal, `${terminal.version}\n`);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (!load) throw new UsageError(`“${name}” isn’t a command.`, USAGE);
    const command = await load();
    if (rest.includes('--help') || rest.includes('-h')) return print(terminal, command.usage);
    return await command.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`smooth-labels: ${error.message}\n\n${error.usage}`);
    return TROUBLE;
  }
}

function print(terminal: Terminal, text: string): number {
  terminal.print(text);
  return 0;
}
