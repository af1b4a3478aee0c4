import { createInterface } from 'node:readline';
import type { Greeting, Reply, Request } from './protocol.ts';

/** Makes this process a contender. */
export async function serve(
  greeting: Greeting,
  repeat: (request: Request) => { readonly ms: number; readonly loss: number },
): Promise<void> {
  say(greeting);
  for await (const line of createInterface({ input: process.stdin })) say(answer(JSON.parse(line), repeat));
  process.exit();
}

function answer(request: Request, repeat: Parameters<typeof serve>[1]): Reply {
  try {
    return repeat(request);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function say(message: Greeting | Reply): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** What `action` returns, and how many milliseconds it took. */
export function timed<T>(action: () => T): { readonly ms: number; readonly value: T } {
  const start = performance.now();
  const value = action();
  return { ms: performance.now() - start, value };
}
