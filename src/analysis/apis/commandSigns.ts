import type { CommandSigns } from '../../frameworks/surroundings.ts';
import { lastWord } from '../sourceTokens.ts';

/** A command on one line. */
export interface CommandText {
  readonly text: string;
}

/** True if the command has all of these signs. */
export function fitsCommand({ words, script }: CommandSigns, { text }: CommandText): boolean {
  return words.every((word) => word.test(text)) && (!script || runsScript(text, script));
}

/** A Python file whose name has this in it. */
function runsScript(command: string, name: RegExp): boolean {
  for (let end = command.indexOf('.py'); end !== -1; end = command.indexOf('.py', end + 1))
    if (name.test(lastWord(command.slice(0, end)))) return true;
  return false;
}
