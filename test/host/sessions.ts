import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { extensions } from 'vscode';
import { EngineClient } from '../../src/engine/engineClient.ts';
import { Session } from '../../src/host/panel/session/session.ts';
import { readTeacher } from '../../src/host/panel/session/teacher.ts';
import { readSource } from '../../src/host/sources/readSource.ts';
import type { Source } from '../../src/host/sources/source.ts';

/** The packaged engine in a real worker thread, which a test may end, or keep busy so that it hears nothing. */
export class TestEngine {
  #worker: Worker | undefined;
  starts = 0;
  readonly client = new EngineClient(async () => {
    const script = join(
      extensions.getExtension('smooth-labels.smooth-labels')!.extensionPath,
      'dist',
      'engine.js',
    );
    const worker = new Worker(
      `require('node:worker_threads').parentPort.on('message', ({ deafenedFor }) => {
        if (deafenedFor) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, deafenedFor);
      });
      require(${JSON.stringify(script)});`,
      { eval: true },
    );
    worker.unref();
    this.#worker = worker;
    this.starts++;
    return {
      post: (message) => worker.postMessage(message),
      listen: (listener) => worker.on('message', listener),
      onStop: (listener) => worker.on('exit', (code) => listener(`exit code ${code}`)),
      terminate: () => void worker.terminate(),
    };
  });

  async kill(): Promise<void> {
    await this.#worker?.terminate();
  }

  deafen(ms: number): void {
    this.#worker?.postMessage({ deafenedFor: ms });
  }
}

/** A session that shows a source, as the command opens it. */
export async function shownSession(engine: EngineClient, source: Source): Promise<Session> {
  const read = await readSource(engine, source, {}, {});
  assert.ok(read.ok, JSON.stringify(read));
  const session = new Session(engine, source);
  session.show(source, read.value);
  return session;
}

export async function giveTeacher(engine: EngineClient, session: Session, source: Source): Promise<void> {
  session.setTeacher(await readTeacher(engine, source));
}
