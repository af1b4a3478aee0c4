import { parentPort } from 'node:worker_threads';
import { finish } from '../../loss/work.ts';
import { instantiate } from '../kernel/kernel.ts';
import { leavePass, runPass } from './passes/runPass.ts';
import { openRowsFile } from './rowsFile.node.ts';
import { fileProblemOf } from './rowsFile.ts';
import type { HelperReply, HelperRequest } from './threads.node.ts';
import type { Failure } from './threads.ts';

/** Makes this thread one that helps with passes. */
export function help(): void {
  parentPort?.on('message', ({ id, ...request }: HelperRequest) => {
    parentPort?.postMessage({ id, failure: failureOf(() => takePart(request)) } satisfies HelperReply);
  });
}

function takePart({ home, pass, room, file: described }: Omit<HelperRequest, 'id'>): void {
  const file = described ? openRowsFile(described) : undefined;
  try {
    const kernel = instantiate(home);
    finish(runPass({ kernel, memory: home.memory, pass, room, ...(file && { bring: file.bring }) }));
  } finally {
    file?.close();
    leavePass(home.memory, pass);
  }
}

function failureOf(action: () => void): Failure | null {
  try {
    action();
    return null;
  } catch (error) {
    return fileProblemOf(error) ?? (error instanceof Error ? error.message : String(error));
  }
}
