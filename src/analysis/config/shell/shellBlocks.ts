import type { ShellWord } from './shellWords.ts';

/** Where a command stands in its script. */
interface Standing {
  /** The words are the elements of an array of this name. */
  readonly array: string | undefined;
  /** It isn't sure to run. */
  readonly maybe: boolean;
  /** It begins a loop over words. */
  readonly loop: { readonly variable: string; readonly words: readonly ShellWord[] } | undefined;
}

const OPENS = new Set(['if', 'case']);
const CLOSES = new Set(['fi', 'esac']);

/** Follows the branches, loops and arrays of a script, command by command. */
export class ShellBlocks {
  #branches = 0;
  #array: string | undefined;

  enter(words: readonly ShellWord[], text: string): Standing {
    const first = words[0]!.text;
    const array = this.#array;
    this.#array = arrayAfter(words.at(-1)!, text);
    if (CLOSES.has(first)) this.#branches = Math.max(0, this.#branches - 1);
    // `[ -z "$LS" ] && LS=0.1`
    const isChained = /[&|]\s*$/.test(text.slice(Math.max(0, words[0]!.from - 3), words[0]!.from));
    const maybe = this.#branches > 0 || isChained;
    if (OPENS.has(first)) this.#branches++;
    const variable = words[1]?.text ?? '';
    const isLoop = first === 'for' && words[2]?.text === 'in' && /^\w+$/.test(variable);
    return { array, maybe, loop: isLoop ? { variable, words: words.slice(3) } : undefined };
  }
}

/** The name of an array whose elements come next: `VALUES=(`. */
function arrayAfter({ text: word, to }: ShellWord, text: string): string | undefined {
  return text[to] === '(' ? /^(\w+)\+?=$/.exec(word)?.[1] : undefined;
}
