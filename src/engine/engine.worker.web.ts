import { rowStatsWork } from '../loss/rowStats.ts';
import { BUILDS, SHARED } from './kernel/builds.node.ts';
import { Compute, startKernel } from './measure/compute.ts';
import { NO_THREADS } from './measure/threads.ts';
import { serve } from './service.ts';

serve(
  {
    post: (message) => self.postMessage(message),
    listen: (listener) => self.addEventListener('message', (event) => listener(event.data)),
  },
  new Compute(startKernel(BUILDS, SHARED, NO_THREADS), rowStatsWork),
);
