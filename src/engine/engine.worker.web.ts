import { serve } from './service.ts';

serve({
  post: (message) => self.postMessage(message),
  listen: (listener) => self.addEventListener('message', (event) => listener(event.data)),
});
