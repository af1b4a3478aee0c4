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
  readonly kind: 'object' | 'structured' | 'raw' | 'frame' | 'library' | 'other';
  readonly found: string;
}

/**
 * What printed a tensor. `python` stands for its lists, which it prints in full; `libtorch` for PyTorch in C++ and before 0.4, `table` for
 * whatever draws tables with lines.
 */
export type Printer =
  | 'pytorch'
  | 'numpy'
  | 'tensorflow'
  | 'jax'
  | 'paddle'
  | 'pandas'
  | 'polars'
  | 'python'
  | 'libtorch'
  | 'r'
  | 'julia'
  | 'matlab'
  | 'spark'
  | 'table';

/** What is wrong where a pickle is damaged. `end`: the file ends inside it; `length`: something is longer than the rest of the file. */
export type PickleFlaw =
  | 'end'
  | 'length'
  | 'opcode'
  | 'stack'
  | 'memo'
  | 'number'
  | 'text'
  | 'arguments'
  | 'storage';

/** What a file is instead of what its name says: it's recognised, and not read. */
export type OtherFile =
  | 'torchscript'
  | 'torch-tar'
  | 'zip'
  | 'npz'
  | 'npy'
  | 'hdf5'
  | 'matlab'
  | 'gzip'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | 'lz4'
  | 'git-lfs'
  | 'raw';

/** Why a file as such can't be read, whatever is in it. */
export type FileProblem =
  /** It's gone, or closed to us. `message` is the system's. */
  | { readonly reason: 'unreadable'; readonly message: string }
  /** Not what it was when it was opened: replaced, written to, or cut short since. */
  | { readonly reason: 'changed' }
  /** A folder, or something special: a pipe, a socket, a device. */
  | { readonly reason: 'not-a-file'; readonly found: 'folder' | 'special' };

/** Formats of files with arrays that are read. */
export type ArrayFileFormat = 'npy' | 'npz' | 'safetensors' | 'pt' | 'parquet' | 'arrow' | 'hdf5' | 'gzip';

/** Formats that logits, or logs of a training, are kept in and that aren't read. */
export type OtherFormat =
  | 'feather-1'
  | 'matlab'
  | 'excel'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | 'zip'
  | 'numpy-raw'
  | 'onnx'
  | 'tfrecord'
  | 'tensorboard'
  | 'wandb'
  | 'sqlite'
  | 'trainer-state'
  | 'label-studio';

/** With its ellipsis. */
const LONGEST_EXCERPT = 81;

/** A text of the input as it's shown: of a long one the start. */
export function excerptOf(text: string): string {
  return clipped(text, LONGEST_EXCERPT);
}

/** One of several arrays that may be meant, the likeliest first. */
export interface Candidate {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: CandidateRole;
}

/** What a candidate may be taken as. Predictions are offered as targets last. */
export type CandidateRole = 'logits' | 'log-probabilities' | 'probabilities' | 'targets' | 'predictions';

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
  /** Losses, metrics or a training log, by these names: none is logits. */
  | { readonly reason: 'losses'; readonly names: readonly string[] }
  /** One number a row, `rows` of both: a binary model's output, and not the scores of one row's classes. */
  | { readonly reason: 'binary'; readonly name: string; readonly targets: string; readonly rows: number }
  /** Probabilities whose columns sum to 1, and their rows don't. */
  | { readonly reason: 'transposed' }
  /** Called probabilities, and between 0 and 1, but the first row sums to `sum`: outputs of sigmoids. */
  | { readonly reason: 'not-distribution'; readonly name: string; readonly sum: number }
  | { readonly reason: 'not-a-number'; readonly found: string }
  /** A number of which nobody knows where its decimals begin: one with a comma, or with a point where others have commas. */
  | { readonly reason: 'decimal-comma'; readonly found: string }
  /** Output `row` of a binary model is called a probability, and isn't one. */
  | {
      readonly reason: 'not-probability';
      readonly name: string;
      readonly row: number;
      readonly found: number;
    }
  | { readonly reason: 'no-classes' }
  | { readonly reason: 'one-class' }
  /** Row `row` has `found` logits; the rows before have `expected`. */
  | { readonly reason: 'ragged'; readonly row: number; readonly found: number; readonly expected: number }
  /** A line of a table has `found` fields; those before it have `expected`. */
  | { readonly reason: 'fields'; readonly found: number; readonly expected: number }
  /** A line of a table has more than `limit` fields. */
  | { readonly reason: 'columns'; readonly limit: number }
  | { readonly reason: 'empty-field'; readonly column: string }
  /** The last row is called "mean", or the like: it sums up the others. */
  | { readonly reason: 'summary-row'; readonly found: string }
  | { readonly reason: 'mixed-depth'; readonly row: number }
  | { readonly reason: 'target-count'; readonly found: number; readonly expected: number }
  | { readonly reason: 'target-shape'; readonly found: readonly number[]; readonly shape: readonly number[] }
  | {
      readonly reason: 'target-range';
      readonly row: number;
      readonly found: number;
      readonly classes: number;
    }
  /** One of the targets that are distributions isn't between 0 and 1. */
  | { readonly reason: 'target-value'; readonly row: number; readonly found: number }
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
  /** A number, or a list, was shortened by whoever showed it: "2.5...49". It can't be had back from its print. */
  | { readonly reason: 'cut'; readonly found: string }
  /** A sparse tensor that would have `count` numbers, more than `limit`, were it filled with zeros. */
  | { readonly reason: 'sparse'; readonly count: number; readonly limit: number }
  /** Array `name` says that it has this shape, but has `found` numbers. */
  | {
      readonly reason: 'shape-count';
      readonly name: string;
      readonly shape: readonly number[];
      readonly found: number;
    }
  /** Array `name` has its matrices shown one after the other, and nothing says which of its axes has the classes. */
  | { readonly reason: 'pages'; readonly name: string; readonly shape: readonly number[] }
  /** Row `row` has scores for other classes than the rows before: `found` isn't among theirs, or one of theirs is missing. */
  | { readonly reason: 'other-classes'; readonly row: number; readonly found: string }
  /** Code computes other numbers from those that are written there. `found` is what it does to them. */
  | { readonly reason: 'computed'; readonly found: string }
  /** Several arrays, and none was asked for by its name; or `name` was, and there's none of that name. */
  | { readonly reason: 'several'; readonly candidates: readonly Candidate[] }
  | { readonly reason: 'no-member'; readonly name: string; readonly members: readonly string[] }
  /** There are no targets where they should be; `members` are the names that were there instead. */
  | { readonly reason: 'no-targets'; readonly members: readonly string[] }
  | FileProblem
  /** Not the format that the file's name promises, or a damaged header. */
  | { readonly reason: 'not-format'; readonly format: ArrayFileFormat }
  /** Bytes that can't be what they should be. */
  | { readonly reason: 'damaged' }
  /** How a part of the file is compressed, encoded or encrypted, which isn't read: `found` is in the words of its format. */
  | { readonly reason: 'codec'; readonly found: string }
  /** Row `row` of column `name` has nothing where numbers should be. */
  | { readonly reason: 'missing-value'; readonly name: string; readonly row: number }
  /** Row `row` of column `name` has `found` numbers; the first has `expected`. */
  | {
      readonly reason: 'row-length';
      readonly name: string;
      readonly row: number;
      readonly found: number;
      readonly expected: number;
    }
  /** A format that isn't read, by its name or its first bytes. */
  | { readonly reason: 'other-format'; readonly format: OtherFormat }
  /** A pickle that is damaged at the offset. */
  | { readonly reason: 'pickle-damaged'; readonly flaw: PickleFlaw }
  /** `found` is what a pickle uses, in Python's words, that isn't read: it points out of the file. */
  | { readonly reason: 'pickle-feature'; readonly found: string }
  /** More objects of Python, or more in the same place, than a file of arrays has. */
  | { readonly reason: 'pickle-size'; readonly limit: number }
  /** Collections in collections, or in themselves. */
  | { readonly reason: 'pickle-deep'; readonly limit: number }
  /** Another format than the name of the file promises. */
  | { readonly reason: 'other-file'; readonly found: OtherFile }
  /** `count` parameters of a model, of which some have these names, and nothing else. */
  | { readonly reason: 'parameters'; readonly names: readonly string[]; readonly count: number }
  /** What a training was started with. `labelSmoothing`: null if that isn't among it. */
  | {
      readonly reason: 'training-arguments';
      readonly key: string | null;
      readonly labelSmoothing: number | null;
    }
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
  /** Row statistics lack `name`, or have something else there. */
  | { readonly reason: 'statistics-field'; readonly name: string }
  /** `name` has `found` numbers for `expected` rows. */
  | {
      readonly reason: 'statistics-length';
      readonly name: string;
      readonly found: number;
      readonly expected: number;
    }
  /** No logits have what `name` says of row `row`, beside the rest. */
  | { readonly reason: 'statistics-row'; readonly name: string; readonly row: number }
  /** No logits add up to what `name` says, beside the other sums. */
  | { readonly reason: 'impossible-sums'; readonly name: string }
  /** What was asked for can't be computed from row statistics. */
  | { readonly reason: 'needs-logits' }
  | {
      readonly reason: 'bad-setting';
      readonly key: string;
      readonly found: string;
      readonly expected: ExpectedSetting;
    }
);
