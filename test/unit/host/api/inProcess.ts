import type { Transport } from '../../../../src/engine/client/workerTransport.ts';
import { EngineClient } from '../../../../src/engine/engineClient.ts';
import { serve } from '../../../../src/engine/engineService.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';

/** The engine in this thread, without a kernel: all else is what the extension has. */
export function engineInProcess(): EngineClient {
  return new EngineClient(async () => {
    const [client, server] = line();
    serve(server, new Compute(undefined));
    return { ...client, onStop() {}, terminate() {} };
  });
}

/** The two ends of a line: messages are copied, as between threads. */
function line(): readonly [Transport, Transport] {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const end = (mine: 0 | 1): Transport => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[mine === 0 ? 1 : 0]) listener(copy);
      });
    },
    listen: (listener) => void listeners[mine].push(listener),
  });
  return [end(0), end(1)];
}
