import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Sink } from './sink.ts';

/** Writes a file. Until it's whole it has another name, so that one that is there already stays as long as it's good for something. */
export function fileSink(path: string): Sink {
  const part = `${path}.part`;
  const descriptor = openSync(part, 'w');
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    write(content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    },
    end() {
      close();
      renameSync(part, path);
    },
    giveUp() {
      close();
      rmSync(part, { force: true });
    },
  };
}
