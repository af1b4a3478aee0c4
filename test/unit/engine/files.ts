import { openBytes } from '../../../src/engine/measure/rowsFile.node.ts';
import type { FileStamp } from '../../../src/engine/measure/rowsFile.ts';

/** What tells a file as it is now from what it was, and will be. */
export function stampOf(path: string): FileStamp {
  const file = openBytes(path);
  file.close();
  return file.stamp;
}
