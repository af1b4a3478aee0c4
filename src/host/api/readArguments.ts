import { Uri } from 'vscode';
import { describeArgument } from '../../answers/argumentMessages.ts';
import { ArgumentError, type ExpectedArgument } from '../../answers/lossArguments.ts';

const STRINGS = ['languageId', 'fileName', 'mime', 'array', 'targets'] as const;
const KNOWN: ReadonlySet<string> = new Set([...STRINGS, 'position', 'binary']);

/** Nothing that another extension gives can be trusted to be what its type says. Throws a TypeError that names the argument. */
export function checkReadArguments(source: unknown, options: unknown): void {
  try {
    const isSource = typeof source === 'string' || source instanceof Uint8Array || source instanceof Uri;
    if (!isSource) throw wrong('source', 'source', source);
    if (typeof options !== 'object' || options === null) throw wrong('options', 'options', options);
    const given = options as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(given))
      if (!KNOWN.has(name)) throw new ArgumentError(name, { reason: 'no-such-argument', known: [...KNOWN] });
    for (const name of STRINGS)
      if (given[name] !== undefined && typeof given[name] !== 'string')
        throw wrong(name, 'string', given[name]);
    const { position, binary } = given;
    if (position !== undefined && !isPosition(position)) throw wrong('position', 'position', position);
    if (binary !== undefined && typeof binary !== 'boolean') throw wrong('binary', 'boolean', binary);
  } catch (error) {
    if (error instanceof ArgumentError) throw new TypeError(describeArgument(error));
    throw error;
  }
}

function isPosition(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('line' in value && 'character' in value)) return false;
  return [value.line, value.character].every((count) => Number.isInteger(count) && Number(count) >= 0);
}

function wrong(argument: string, expected: ExpectedArgument, found: unknown): ArgumentError {
  return new ArgumentError(argument, { reason: 'type', expected, found });
}
