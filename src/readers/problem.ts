/** From 0; characters in UTF-16 code units, as editors count. */
export interface LineAndCharacter {
  readonly line: number;
  readonly character: number;
}

/** What a setting may be. */
export type ExpectedSetting = 'whole-number' | 'zero-to-one' | 'weights' | 'reduction';

/** What printed a tensor. `python` stands for its lists, which it prints in full. */
export type Printer = 'pytorch' | 'numpy' | 'tensorflow' | 'jax' | 'pandas' | 'python';

/** What may stand in a place. */
export type Expected = 'value' | 'comma' | 'colon' | 'key' | 'end-quote';

/**
 * Why input can't be read. `offset` is a byte offset into the input: someone who knows the document turns it into a line.
 * Words are chosen elsewhere; here are only the facts that they need.
 */
export type ReadProblem = { readonly offset: number } & (
  | { readonly reason: 'empty' }
  /** What stands at the offset isn't what may stand there. `found` is a short excerpt. */
  | { readonly reason: 'syntax'; readonly expected: Expected; readonly found: string }
  /** The text ends inside a value that began at `openedAt`. */
  | { readonly reason: 'truncated'; readonly openedAt: number }
  | { readonly reason: 'too-deep'; readonly limit: number }
  /** Valid, but there are no logits in it. `keys` are the keys that were there instead. */
  | { readonly reason: 'no-logits'; readonly keys: readonly string[] }
  | { readonly reason: 'not-a-number'; readonly found: string }
  | { readonly reason: 'no-classes' }
  | { readonly reason: 'one-class' }
  /** Row `row` has `found` logits; the rows before have `expected`. */
  | { readonly reason: 'ragged'; readonly row: number; readonly found: number; readonly expected: number }
  | { readonly reason: 'mixed-depth'; readonly row: number }
  | { readonly reason: 'target-count'; readonly found: number; readonly expected: number }
  | { readonly reason: 'target-shape'; readonly found: readonly number[]; readonly shape: readonly number[] }
  | {
      readonly reason: 'target-range';
      readonly row: number;
      readonly found: number;
      readonly classes: number;
    }
  | { readonly reason: 'target-fraction'; readonly row: number; readonly found: number }
  | { readonly reason: 'target-name'; readonly row: number; readonly found: string }
  | { readonly reason: 'target-missing'; readonly row: number }
  /** Only a part of it was printed: “...” stands for the rest. */
  | { readonly reason: 'summarised'; readonly printer: Printer }
  /** Several arrays, and none was asked for by its name; or `name` was, and there's none of that name. */
  | { readonly reason: 'several'; readonly members: readonly string[] }
  | { readonly reason: 'no-member'; readonly name: string; readonly members: readonly string[] }
  /** The file is gone, closed to us, or ends too early. `message` is the system's. */
  | { readonly reason: 'unreadable'; readonly message: string }
  /** Not the .npy format, or a version of it that nobody writes. */
  | { readonly reason: 'not-npy' }
  /** An array of something else than floats: `found` is NumPy's name of it. */
  | { readonly reason: 'npy-type'; readonly found: string }
  /** The file has `found` bytes, and an array of its shape and type takes `expected`. */
  | { readonly reason: 'npy-size'; readonly found: number; readonly expected: number }
  /** More than there is room for in memory. */
  | { readonly reason: 'too-large'; readonly bytes: number }
  | { readonly reason: 'class-names'; readonly found: number; readonly expected: number }
  | { readonly reason: 'class-count'; readonly found: number; readonly expected: number }
  | { readonly reason: 'weight-length'; readonly found: number; readonly expected: number }
  | {
      readonly reason: 'bad-setting';
      readonly key: string;
      readonly found: string;
      readonly expected: ExpectedSetting;
    }
);
