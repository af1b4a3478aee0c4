import { join } from 'node:path';
import type { EngineWorker } from '../../engine/client/workerTransport.ts';
import { startedThread } from '../../engine/startedThread.node.ts';

/** Starts the extension's engine. The server ends with its input, whatever is being computed. */
export async function startEngine(): Promise<EngineWorker> {
  return startedThread(join(__dirname, '..', 'engine.js'));
}
