import { type ByteSource, inMemory } from '../../readers/arrays/byteSource.ts';
import { openBytes } from '../measure/rowsFile.node.ts';

/** A file by its path, where a path can be read, or all of its bytes. */
export type FileInput = { readonly path: string } | { readonly bytes: Uint8Array };

/** Opens a file to read parts of it. Throws what the system throws if it can't be read. */
export function openInput(input: FileInput): ByteSource & { close(): void } {
  return 'path' in input ? openBytes(input.path) : { ...inMemory(input.bytes), close() {} };
}
