import { JSON_SCANNER_BYTES, JsonScanner } from '../../../../src/engine/kernel/jsonScanner.ts';
import { createMemory, instantiate } from '../../../../src/engine/kernel/kernel.ts';
import { kernelModule } from './builds.ts';

/** A scanner with `size` bytes to work in. */
export function scannerOf(size = JSON_SCANNER_BYTES): JsonScanner {
  const memory = createMemory(false);
  const base = memory.allocate(size);
  const module = kernelModule('private-relaxed');
  const kernel = instantiate({ module, memory: memory.memory });
  return new JsonScanner({ ...kernel, memory: memory.memory }, base, size);
}
