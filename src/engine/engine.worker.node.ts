import { parentPort, workerData } from 'node:worker_threads';
import { serve } from './engineService.ts';
import { BUILDS, SHARED } from './kernel/builds.node.ts';
import { bundledLibraries } from './libraries/bundledLibraries.node.ts';
import { Compute, startKernel } from './measure/compute.ts';
import { help } from './measure/measuringThread.node.ts';
import { NodeThreads } from './measure/threads.node.ts';

if (!parentPort) throw new Error('Runs as a worker thread only');
const port = parentPort;
if (workerData === 'helper') help();
else {
  const kernel = startKernel(BUILDS, SHARED, new NodeThreads(__filename));
  serve(
    {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', listener),
    },
    new Compute(kernel),
    bundledLibraries(),
  );
}
