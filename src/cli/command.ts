/** Something the program does. */
export interface Command {
  readonly usage: string;
  /** Resolves to the exit code. Throws `UsageError` for arguments it doesn't take. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** Where a command is run, and what it may print to. */
export interface Terminal {
  readonly folder: string;
  /** Of this package. */
  readonly version: string;
  print(text: string): void;
  error(text: string): void;
  /** Replaces the line that shows how far it is; an empty one takes it away. Null where nobody would see it. */
  readonly progress: ((line: string) => void) | null;
}

/** The arguments aren't those of a command. `message` is a sentence. */
export class UsageError extends Error {
  readonly usage: string;

  constructor(message: string, usage: string) {
    super(message);
    this.usage = usage;
  }
}
