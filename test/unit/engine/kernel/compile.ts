import asc from 'assemblyscript/asc';
import {
  JSON_SCANNER_BYTES,
  type JsonKernel,
  JsonScanner,
} from '../../../../src/engine/kernel/jsonScanner.ts';

const BASE = 1 << 16;
const PAGE = 1 << 16;

/** The part of the kernel that reads JSON, compiled from its source. */
export async function jsonKernel(): Promise<(size?: number) => JsonScanner> {
  const module = new WebAssembly.Module(await compiled('src/engine/kernel/assembly/json.ts'));
  return (size = JSON_SCANNER_BYTES) => {
    const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil(size / PAGE) });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const { markJson, scanJson } = exports as unknown as Omit<JsonKernel, 'memory'>;
    return new JsonScanner({ memory, markJson, scanJson }, BASE, size);
  };
}

async function compiled(source: string): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array | string>();
  const { error, stderr } = await asc.main(
    [
      source,
      '--outFile',
      'json.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--importMemory',
    ],
    { writeFile: (name, contents) => void files.set(name, contents) },
  );
  const binary = files.get('json.wasm');
  if (error || !(binary instanceof Uint8Array)) throw new Error(`${error?.message}\n${stderr}`);
  return new Uint8Array(binary);
}
