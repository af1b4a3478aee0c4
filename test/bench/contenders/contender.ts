import { createInterface } from 'node:readline';
import { startTree } from '../../vscode/processTree.ts';
import { CannotRun } from '../turns.ts';
import type { Greeting, Reply, Request } from './protocol.ts';

/** A running contender. */
export interface Contender {
  readonly greeting: Greeting;
  /** One repetition. Rejects with `CannotRun` if it says it can't, or ends. */
  ask(request: Request): Promise<{ readonly ms: number; readonly loss: number }>;
  stop(): Promise<void>;
}

/** Starts a contender, with `env` added to the environment, and waits until it has its data. */
export async function startContender(
  command: string,
  args: readonly (string | number)[],
  env: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const tree = startTree(command, args.map(String), {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const { stdin, stdout, stderr } = tree.process;
  if (!stdin || !stdout || !stderr) throw new Error('A contender has no pipes');
  let complaint = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  // Writing to one that is gone fails later than reading does.
  stdin.on('error', () => {});
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const line = await lines.next();
    if (line.done) throw new CannotRun(lastLine(complaint) ?? 'it ended without a word');
    return JSON.parse(line.value);
  };
  try {
    const greeting = await answer<Greeting>();
    return {
      greeting,
      async ask(request) {
        stdin.write(`${JSON.stringify(request)}\n`);
        const reply = await answer<Reply>();
        if ('error' in reply) throw new CannotRun(reply.error);
        return reply;
      },
      stop: () => tree.stop(),
    };
  } catch (error) {
    await tree.stop();
    throw error;
  }
}

/** Programs say what is wrong in the last line, or before a stack. */
function lastLine(text: string): string | undefined {
  const lines = text.split('\n').filter((line) => /\S/.test(line) && !/^\s+at |^Node\.js v/.test(line));
  return lines.find((line) => /^\w*Error\b/.test(line))?.trim() ?? lines.at(-1)?.trim();
}
