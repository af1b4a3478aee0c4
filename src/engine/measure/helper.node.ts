import { parentPort } from 'node:worker_threads';
import { finish } from '../../loss/work.ts';
import { instantiate } from '../kernel/kernel.ts';
import { openRowsFile } from './rowsFile.node.ts';
import { runPassWork } from './runPass.ts';
import type { HelperReply, HelperRequest } from './threads.node.ts';

/** Makes this thread one that helps with passes. */
export function help(): void {
  parentPort?.on('message', ({ id, ...request }: HelperRequest) => {
    parentPort?.postMessage({ id, failure: failureOf(() => takePart(request)) } satisfies HelperReply);
  });
}

function takePart({ home, pass, room, file: described }: Omit<HelperRequest, 'id'>): void {
  const file = described ? openRowsFile(described, pass.layout.classes) : undefined;
  try {
    const kernel = instantiate(home);
    finish(runPassWork({ kernel, memory: home.memory, pass, room, ...(file && { bring: file.bring }) }));
  } finally {
    file?.close();
  }
}

function failureOf(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
