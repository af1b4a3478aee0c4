import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { EngineClient } from '../../../src/engine/client.ts';
import { OUTPUT, ROOT } from '../../vscode/paths.ts';

/** The engine in a real worker thread, and a way to end that thread as a fault would. */
export async function startedEngine(): Promise<{ readonly engine: EngineClient; readonly kill: () => void }> {
  const outfile = join(OUTPUT, 'unit', 'engine.cjs');
  mkdirSync(join(OUTPUT, 'unit'), { recursive: true });
  await build({
    entryPoints: [join(ROOT, 'src', 'engine', 'engine.worker.node.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  let running: Worker | undefined;
  const engine = new EngineClient(async () => {
    const worker = new Worker(outfile);
    running = worker;
    return {
      post: (message) => worker.postMessage(message),
      listen: (listener) => worker.on('message', listener),
      onStop: (listener) => worker.on('exit', (code) => listener(`exit code ${code}`)),
      terminate: () => void worker.terminate(),
    };
  });
  return { engine, kill: () => void running?.terminate() };
}
