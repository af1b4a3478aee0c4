import { serve } from './engineService.ts';
import { BUILDS, SHARED } from './kernel/builds.node.ts';
import { bundledLibraries } from './libraries/bundledLibraries.node.ts';
import { Compute, startKernel } from './measure/compute.ts';
import { NO_THREADS } from './measure/threads.ts';

serve(
  {
    post: (message) => self.postMessage(message),
    listen: (listener) => self.addEventListener('message', (event: MessageEvent) => listener(event.data)),
  },
  new Compute(startKernel(BUILDS, SHARED, NO_THREADS)),
  bundledLibraries(),
);
