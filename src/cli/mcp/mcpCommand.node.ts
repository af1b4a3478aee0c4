import { parseArgs } from 'node:util';
import { type Command, type Terminal, UsageError } from '../command.ts';
import { lossesBelow } from './lossesBelow.node.ts';
import { startFolders } from './startFolders.node.ts';

const MCP_USAGE = `Usage: smooth-labels mcp [FOLDER…]

Answers the questions of language models about losses with label smoothing, as
a server of the Model Context Protocol on standard input and output. A client
starts it; docs/tools.md says how.

Reads only files below the folders that are named; below those that the client
says, if none is; else below the working directory. Writes and executes nothing,
and needs no network.
`;

/** `smooth-labels mcp [FOLDER…]`: ends when its input does. */
export const mcpCommand: Command = { usage: MCP_USAGE, run: serve };

async function serve(args: readonly string[], terminal: Terminal): Promise<number> {
  const folders = startFolders(foldersNamed(args), terminal.folder, MCP_USAGE);
  // What speaks the protocol is a bundle of its own: `check` doesn't need it.
  const { serveTools } = await import('./mcpServer.node.ts');
  return serveTools({ ...folders, version: terminal.version, log: terminal.error, findLosses: lossesBelow });
}

function foldersNamed(args: readonly string[]): readonly string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: {} }).positionals;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), MCP_USAGE);
  }
}
