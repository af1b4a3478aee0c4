import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import { lastWord } from '../../../sourceTokens.ts';
import type { PyModule } from '../../syntax/pythonScopes.ts';

const ELEMENT = /^(\w{1,80})\[/;
const IS_SET = /^ ?[-+*/]?=(?!=)/;
/** A pattern that begins with what's rare is found much sooner than one that begins with a name. */
const MOVED = /\.(?:insert|pop|remove|sort|reverse|clear)\(/g;
const SETS = /\] ?[-+*/]?=(?!=)/g;

const DELETED = /^[ \t]*del[ \t]+(\w{1,80})\[/gm;

/** What is put at the end. */
const ADDED = /\.(?:append|extend)\(/g;

/** Elements of a list are set or moved: `rates[0] = 0.3`, `rates.sort()`. `fromEnd`: or counted from its end, or altogether. */
export function areElementsChanged(name: string, module: PyModule, fromEnd = false): boolean {
  return rearrangedIn(module).has(name) || (fromEnd && lengthenedIn(module).has(name));
}

const rearrangedIn = remembered(({ text }: PyModule): ReadonlySet<string> => {
  const set = linesWith(SETS, text).flatMap(nameOfSetElement);
  const deleted = text.includes('del ') ? Array.from(text.matchAll(DELETED), ([, name]) => name!) : [];
  return new Set([...set, ...namesWith(MOVED, text), ...deleted]);
});

const lengthenedIn = remembered(({ text }: PyModule): ReadonlySet<string> => new Set(namesWith(ADDED, text)));

/** The names that methods are called on. */
function namesWith(method: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(method), ({ index }) =>
    lastWord(text.slice(Math.max(0, index - LONGEST_NAME), index)),
  );
}

/** The lines of a text in which a pattern matches: few of many. */
function linesWith(pattern: RegExp, text: string): readonly string[] {
  const lines: string[] = [];
  let [start, end] = [0, -1];
  for (const { index } of text.matchAll(pattern)) {
    if (index < end) continue;
    while (index > end) {
      start = end + 1;
      const next = text.indexOf('\n', start);
      end = next === -1 ? text.length : next;
    }
    lines.push(text.slice(start, end));
  }
  return lines;
}

const LONGEST_NAME = 80;

/** What elements are set to within a span, as it's written: "0.3" of `rates[0] = 0.3`. */
export function elementsSet(name: string, { text }: PyModule, { from, to }: SourceSpan): readonly string[] {
  const lines = text.slice(from, Math.min(to, from + LONGEST_SPAN)).split('\n');
  return lines.flatMap((line) => {
    if (nameOfSetElement(line)[0] !== name) return [];
    const statement = line.trimStart();
    return [statement.slice(statement.indexOf('=', statement.indexOf(']')) + 1, LONGEST_LINE)];
  });
}

/** Characters that are looked through. */
const [LONGEST_SPAN, LONGEST_LINE] = [50_000, 300];

/** "rates" for the line "  rates[0] = 0.3". */
function nameOfSetElement(line: string): readonly string[] {
  const statement = line.trimStart();
  const [, name = ''] = ELEMENT.exec(statement) ?? [];
  const end = name === '' ? -1 : statement.indexOf(']', name.length);
  return end !== -1 && IS_SET.test(statement.slice(end + 1, end + 5)) ? [name] : [];
}
