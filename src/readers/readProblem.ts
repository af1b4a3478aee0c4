import { clipped } from '../words/clipped.ts';

/** From 0; characters in UTF-16 code units, as editors count. */
export interface LineAndCharacter {
  readonly line: number;
  readonly character: number;
}

/** What a setting may be. */
export type ExpectedSetting = 'whole-number' | 'int32' | 'zero-to-one' | 'weights' | 'reduction';

/** `found` is in the file's own words; `kind` says what they mean. */
export interface UnreadableType {
  readonly kind: 'object' | 'structured' | 'raw' | 'other';
  readonly found: string;
}

/** What printed a tensor. `python` stands for its lists, which it prints in full. */
export type Printer = 'pytorch' | 'numpy' | 'tensorflow' | 'jax' | 'pandas' | 'python';

/** Why a file as such can't be read, whatever is in it. */
export type FileProblem =
  /** It's gone, or closed to us. `message` is the system's. */
  | { readonly reason: 'unreadable'; readonly message: string }
  /** Not what it was when it was opened: replaced, written to, or cut short since. */
  | { readonly reason: 'changed' }
  /** A folder, or something special: a pipe, a socket, a device. */
  | { readonly reason: 'not-a-file'; readonly found: 'folder' | 'special' };

/** With its ellipsis. */
const LONGEST_EXCERPT = 81;

/** A text of the input as it's shown: of a long one the start. */
export function excerptOf(text: string): string {
  return clipped(text, LONGEST_EXCERPT);
}

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
  /** A line of a table has `found` fields; those before it have `expected`. */
  | { readonly reason: 'fields'; readonly found: number; readonly expected: number }
  /** A line of a table has more than `limit` fields. */
  | { readonly reason: 'columns'; readonly limit: number }
  | { readonly reason: 'empty-field'; readonly column: string }
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
  /** A name that no class has; `named` is false if none has one. */
  | {
      readonly reason: 'target-name';
      readonly row: number;
      readonly found: string;
      readonly named: boolean;
    }
  | { readonly reason: 'target-missing'; readonly row: number }
  /** Only a part of it was printed: “...” stands for the rest. */
  | { readonly reason: 'summarised'; readonly printer: Printer }
  /** Code computes other numbers from those that are written there. `found` is what it does to them. */
  | { readonly reason: 'computed'; readonly found: string }
  /** Several arrays, and none was asked for by its name; or `name` was, and there's none of that name. */
  | { readonly reason: 'several'; readonly members: readonly string[] }
  | { readonly reason: 'no-member'; readonly name: string; readonly members: readonly string[] }
  /** There are no targets where they should be; `members` are the names that were there instead. */
  | { readonly reason: 'no-targets'; readonly members: readonly string[] }
  | FileProblem
  /** Not the format that the file's name promises, or a damaged header. */
  | { readonly reason: 'not-format'; readonly format: 'npy' | 'npz' | 'safetensors' }
  /** An array of something else than numbers. */
  | ({ readonly reason: 'array-type' } & UnreadableType)
  /** The file has `found` bytes, and what it says is in it takes `expected`. */
  | { readonly reason: 'file-size'; readonly found: number; readonly expected: number }
  /** There are no arrays in it; `members` are the files that were there instead. */
  | { readonly reason: 'no-arrays'; readonly members: readonly string[] }
  /** Two arrays, or two facts about one, have the same name: nobody knows which of them counts. */
  | { readonly reason: 'twice'; readonly name: string }
  | { readonly reason: 'axes'; readonly found: number; readonly limit: number }
  /** `found` says how a part of a zip file is compressed, or that it's encrypted. */
  | { readonly reason: 'zip-method'; readonly found: string }
  | { readonly reason: 'zip-entry'; readonly name: string }
  /** Parts of a zip file are in the same place: few bytes would become very many. */
  | { readonly reason: 'zip-overlap'; readonly name: string }
  /** `bytes` in the file become `expected` ones: to be read only if that's what is wanted. */
  | { readonly reason: 'inflates'; readonly name: string; readonly bytes: number; readonly expected: number }
  | { readonly reason: 'bad-deflate' }
  /** Inflated it isn't `expected` bytes, or can't be. */
  | { readonly reason: 'inflated-size'; readonly expected: number }
  | { readonly reason: 'checksum' }
  /** The numbers of tensor `name` aren't where they may be, or aren't as many as its shape has. */
  | { readonly reason: 'tensor-place'; readonly name: string }
  /** A text of `bytes`, of which all would have to be in memory: more than `limit`. */
  | {
      readonly reason: 'text-size';
      readonly format: 'table' | 'json';
      readonly bytes: number;
      readonly limit: number;
    }
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
