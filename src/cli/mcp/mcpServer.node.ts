// The entry of dist/cli/mcp.js: the tools as a server of the Model Context Protocol.

import { fileURLToPath } from 'node:url';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  RootsListChangedNotificationSchema,
  type Tool as ToolEntry,
} from '@modelcontextprotocol/sdk/types.js';
import { toJsonSchema } from '@valibot/to-json-schema';
import { EngineClient } from '../../engine/engineClient.ts';
import { answered, TOOLS } from '../../tools/smoothLabelsTools.ts';
import type { Tool } from '../../tools/tool.ts';
import { startEngine } from './engineThread.node.ts';
import type { lossesBelow } from './lossesBelow.node.ts';
import { programWorld } from './programWorld.node.ts';
import { ReadableFolders } from './readableFolders.node.ts';
import type { StartFolders } from './startFolders.node.ts';

/** What the program gives the server. */
interface ServerNeeds extends StartFolders {
  readonly version: string;
  readonly findLosses: typeof lossesBelow;
  /** For the person: a client shows it, if at all, as a log. */
  log(text: string): void;
}

const INSTRUCTIONS =
  'Exact numbers about label smoothing and cross-entropy losses: ask these tools instead of estimating. All losses are in nats. Paths are absolute.';

/** Serves until the input ends, or is no longer what a client writes. Resolves to the exit code. */
export async function serveTools(needs: ServerNeeds): Promise<number> {
  const { version, log } = needs;
  const engine = new EngineClient(startEngine);
  const ended = new AbortController();
  let folders = Promise.resolve(new ReadableFolders(needs.folders));
  const server = new Server(
    { name: 'smooth-labels', title: 'Smooth Labels', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS.map(entryOf) }));
  server.setRequestHandler(
    CallToolRequestSchema,
    async ({ params: { name, arguments: given } }, { signal }) => {
      const tool = TOOLS.find((each) => each.name === name);
      if (!tool) throw new McpError(ErrorCode.InvalidParams, `There’s no tool ${name.slice(0, 100)}.`);
      const until = AbortSignal.any([signal, ended.signal]);
      const { findLosses } = needs;
      const world = programWorld({ engine, folders: await folders, findLosses, signal: until });
      return resultOf(() => answered(tool, given, world));
    },
  );
  if (!needs.areNamed) {
    const ask = () => {
      if (server.getClientCapabilities()?.roots) folders = foldersOfClient(server, needs.folders);
    };
    server.oninitialized = ask;
    server.setNotificationHandler(RootsListChangedNotificationSchema, ask);
  }
  server.onerror = ({ message }) => log(`smooth-labels: ${message.slice(0, 500)}\n`);
  const code = await new Promise<number>((resolve) => {
    // More than a client would write in a line closes the transport.
    server.onclose = () => resolve(1);
    process.stdin.once('end', () => resolve(0)).once('close', () => resolve(0));
    server.connect(new StdioServerTransport()).catch(({ message }: Error) => {
      log(`smooth-labels: ${message}\n`);
      resolve(1);
    });
  });
  ended.abort();
  engine.dispose();
  await server.close();
  return code;
}

/** What a client is told of a tool. */
function entryOf({ name, description, schema }: Tool): ToolEntry {
  const { $schema: _, ...inputSchema } = toJsonSchema(schema, { errorMode: 'ignore' });
  return {
    name,
    description,
    inputSchema: inputSchema as ToolEntry['inputSchema'],
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  };
}

/** An answer, or why there's none as a sentence that the model can act on. */
async function resultOf(answer: () => Promise<string>): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: await answer() }] };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { content: [{ type: 'text', text }], isError: true };
  }
}

/** The folders that the client's person has open; those of the start where it has none on this machine. */
async function foldersOfClient(server: Server, otherwise: readonly string[]): Promise<ReadableFolders> {
  try {
    const { roots } = await server.listRoots();
    const folders = roots.flatMap(({ uri }) => folderOf(uri));
    return new ReadableFolders(folders.length > 0 ? folders : otherwise);
  } catch {
    return new ReadableFolders(otherwise);
  }
}

function folderOf(uri: string): readonly string[] {
  try {
    const url = new URL(uri);
    // A host is another machine.
    return url.protocol === 'file:' && url.host === '' ? [fileURLToPath(url)] : [];
  } catch {
    return [];
  }
}
