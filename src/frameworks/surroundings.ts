/**
 * What stands around a key of a config file that shows whose key it is. All that is given has to be so. Keys that several
 * frameworks share, such as `label_smoothing`, need it.
 */
export interface ConfigSigns {
  /** Keys of that framework's files, separated by spaces: at least `least` of them are beside the key or above. At most 31. */
  readonly keys?: string;
  /** Absent: 1. */
  readonly least?: number;
  /** The nearest key above. */
  readonly under?: RegExp;
  /** The value of a key beside it: `_name: label_smoothed_cross_entropy`. */
  readonly beside?: TextSign;
  /** The value of a key at the top of the file. */
  readonly atTop?: TextSign;
  /** Of each of these groups one key is at the top of the file. */
  readonly topKeys?: readonly (readonly string[])[];
}

interface TextSign {
  readonly key: string;
  readonly value: RegExp;
}

/** What a command has if it runs a framework's program. All that is given has to be so. */
export interface CommandSigns {
  /** Each is found in the command, with its arguments on one line. */
  readonly words: readonly RegExp[];
  /** The name of a Python file of the command, without `.py`. Tells more than words: such signs are looked for first. */
  readonly script?: RegExp;
}
