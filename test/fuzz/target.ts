import type { Work } from '../../src/loss/work.ts';

/** Something that is given hostile input. */
export interface FuzzTarget {
  readonly name: string;
  /** Valid input of all kinds: what is cut, changed and mixed. */
  readonly samples: readonly Uint8Array[];
  /** What means something in such input. */
  readonly tokens: readonly (string | Uint8Array)[];
  /** Takes an input, and says in a word what came of it. Throws where something doesn't hold that should, for any input. */
  readonly run: (input: Uint8Array) => Work<string>;
}

/** Something that should hold for any input doesn't. */
export class BrokenError extends Error {
  override readonly name = 'BrokenError';
}

export function expectThat(condition: boolean, otherwise: () => string): asserts condition {
  if (!condition) throw new BrokenError(otherwise());
}

const encoder = new TextEncoder();
/** Readers are given texts without a byte order mark: one that is there is a character. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
