import type { env } from '@tensorflow/tfjs-core';

type Platform = ReturnType<typeof env>['platform'];

/** What tfjs asks of its surroundings, the same in every worker: its only file is the WASM binary it's given, and it has no network. */
export function ownPlatform(wasm: Uint8Array<ArrayBuffer> | null): Platform {
  return {
    async fetch(path) {
      if (!wasm || !path.endsWith('.wasm')) throw new Error(`Nothing is fetched: ${path}`);
      return new Response(wasm);
    },
    now: () => performance.now(),
    encode: (text) => new TextEncoder().encode(text),
    decode: (bytes, encoding) => new TextDecoder(encoding).decode(bytes),
    isTypedArray: (a): a is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
      a instanceof Float32Array ||
      a instanceof Int32Array ||
      a instanceof Uint8Array ||
      a instanceof Uint8ClampedArray,
  };
}
