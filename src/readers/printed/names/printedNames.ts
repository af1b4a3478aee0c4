import { meaningOf } from '../../roles/arrayNames.ts';
import { textBefore } from '../bracketed/tensorHeads.ts';
import { withoutLineMarks } from '../lineMarks.ts';
import type { FoundTensor } from '../printedTensor.ts';
import { CallNames, withoutCalls } from './callNames.ts';

/** A name and what comes before it are looked for in so many bytes. */
const LOOK_BACK = 160;

const QUOTED = /(["'])([^"'\n]{1,60})\1\s*(?:[:,=]\s*)?$/;
/** The key of a pair whose tensor is on the next line: "('fc.weight',". */
const KEY_ABOVE = /\((["'])[^"'\n]{1,60}\1,\s*$/;
/** What Keras says of a variable before its numbers. */
const VARIABLE = /<(?:Keras)?Variable path=([\w/.-]{1,80}),[^<>]{0,120}\bvalue=$/;
const OPERATORS = ['=>', '->', '<-', '=', ':'];
const SUBSCRIPT = /\[[^[\]\n]{0,30}\]$/;
const QUOTED_SUBSCRIPT = /\[\s*["']([^"'\n]{1,30})["']\s*\]$/;
const IN_WORD = /[\p{L}\p{N}_./-]/u;
const STARTS_WORD = /[\p{L}_]/u;
/** What was typed at the prompt of Python, IPython, R or Julia. */
const PROMPT =
  /^\s*(?:>>>|In \[\d+\]:|julia>|iex\(\d+\)>|>|\.\.\.|i?pdb>|\((?:[Pp]db\+{0,2}|gdb|lldb)\))\s*(?:print\(|pp? )?([\w.[\]:]{1,60})(?:\)?\s*|\s*(?:=|<-)\s.{0,120})$/;
const PROMPTED_CALL =
  /^\s*(?:(?:>>>|In \[\d+\]:|julia>|>|i?pdb>|\(Pdb\))\s*(?:print\((?=.*\)\)$))?|print\()(\S.{0,140}?\))\)?$/;
/** A call on a line of its own, as what is below it was asked for: "util.cos_sim(a, b)". */
const CALL_ALONE = /^[A-Za-z_][\w.]{0,60}\(.{0,120}\)\s*$/;
const OUTPUT = /^\s*Out\[\d+\]:\s*$/;
/** Words before a colon, with nothing else on their line: "true class labels", "Net inputs (logits)". */
const LABEL = /^[\p{L}_][\p{L}\p{N}_.'-]*(?: \(?[\p{L}\p{N}_.'-]+\)?){0,6}$/u;
const LONGEST_LABEL = 60;
/** Words that a line has without a colon if it names what stands below it. */
const SAYS_WHAT =
  /\b(?:logits?|scores?|prob(?:s|a|abilit\w{1,4})?|out(?:put)?s?|pred\w{0,12}|y(?:_\w{1,20})?|labels?|targets?|class(?:es_?)?|gold|truth|true|actual|softmax|weights?|loss(?:es)?|coef_|intercept_|grads?|bias(?:es)?|kernel|embeddings?|features?|hidden_states?|cluster_centers_|components_|confusion|matrix|similarity|distances?|coefficients|attention|topics?)\b/i;
const KEYWORDS: ReadonlySet<string> = new Set(
  'return yield in is and or not if else for assert print lambda await del raise'.split(' '),
);

/** The variable or label that what begins at `start` is printed after. */
export function nameBefore(bytes: Uint8Array, start: number): string | undefined {
  const raw = textBefore(bytes, start, LOOK_BACK).split(/\r?\n/);
  // The first line may be cut; it's no label then.
  const isCut = start > LOOK_BACK && raw.length === 1;
  const same = withoutCalls(withoutLineMarks(raw.at(-1)!));
  const input = OUTPUT.test(same) ? PROMPT.exec(raw.at(-2) ?? '')?.[1] : undefined;
  if (input !== undefined) return plainName(input);
  if (same.trim() !== '') return nameAtEnd(same, isCut);
  const above = raw.slice(0, -1);
  while (above.length > 1 && withoutLineMarks(above.at(-1)!).trim() === '') above.pop();
  const previous = above.at(-1)?.trimEnd() ?? '';
  // A comment may hold a prompt.
  const uncommented = previous.replace(/^\s*(?:#+|\/\/+|\*|%)(?:['>](?=\s))?\s?/, '');
  const prompted = (PROMPT.exec(uncommented) ?? PROMPT.exec(previous))?.[1];
  if (prompted !== undefined) return plainName(prompted);
  const shown = OUTPUT.test(previous) ? PROMPT.exec(above.at(-2) ?? '')?.[1] : undefined;
  if (shown !== undefined) return plainName(shown);
  const called = PROMPTED_CALL.exec(uncommented)?.[1];
  if (called !== undefined) return calledName(called);
  const line = withoutLineMarks(previous);
  if (CALL_ALONE.test(line)) return calledName(line.trimEnd());
  if (/[:=]\s*$/.test(line) || KEY_ABOVE.test(line)) return nameAtEnd(line, false);
  const label = line.trim();
  return label.length <= LONGEST_LABEL &&
    LABEL.test(label) &&
    SAYS_WHAT.test(label) &&
    raw.length - above.length === 1
    ? label
    : undefined;
}

/** A shape that is a list or a tuple of several axes, or a tuple of one. */
const AXES = /^\d+(?:, ?\d+)+,?$|^\d+,$/;
const SIZE = 'torch.Size(';

/** Without the shape between a name and what is printed after it: "logits (2, 3):", "logits torch.Size([2, 3])". */
function withoutShape(text: string): string {
  const line = text.trimEnd();
  const operator = /[:=]$/.exec(line)?.[0] ?? '';
  const body = line.slice(0, line.length - operator.length).trimEnd();
  const isSize = body.endsWith('])') && body.includes(SIZE);
  const list = isSize ? body.slice(0, -1) : body;
  const open = list.endsWith(']') ? list.lastIndexOf('[') : list.endsWith(')') ? list.lastIndexOf('(') : -1;
  if (open === -1 || !AXES.test(list.slice(open + 1, -1))) return text;
  const before = list.slice(0, open);
  const named = isSize && before.endsWith(SIZE) ? before.slice(0, -SIZE.length) : before;
  return `${named.trimEnd()}${operator} `;
}

/** "the labels are [0, 1]": in a sentence a verb is where code has a sign. */
const VERB = /\b(?:are|is|were|was)\s{0,4}$/;

function nameAtEnd(given: string, isCut: boolean): string | undefined {
  const text = given.replace(VERB, '');
  const variable = VARIABLE.exec(text)?.[1];
  if (variable !== undefined) return variable;
  const line = withoutShape(text);
  const name = QUOTED.exec(line)?.[2] ?? (isCut ? undefined : labelOf(line)) ?? wordAtEnd(line);
  return name === undefined || KEYWORDS.has(name) ? undefined : name;
}

/** Several words up to a colon that is at the end of the line. */
function labelOf(line: string): string | undefined {
  const text = line.trim();
  if (!text.endsWith(':') || text.length > LONGEST_LABEL) return undefined;
  const label = text.slice(0, -1).trimEnd();
  return LABEL.test(label) ? label : undefined;
}

/** The word at the end of a line, with its subscript, before an operator. */
function wordAtEnd(line: string): string | undefined {
  // Rust's macro for a list.
  const trimmed = line
    .trimEnd()
    .replace(/\bvec!$/, '')
    .trimEnd();
  const operator = OPERATORS.find((each) => trimmed.endsWith(each)) ?? '';
  const text = trimmed.slice(0, trimmed.length - operator.length).trimEnd();
  if (operator !== '' && text.endsWith(')')) return calledName(text);
  const key = QUOTED_SUBSCRIPT.exec(text)?.[1];
  if (key !== undefined) return key;
  const subscript = SUBSCRIPT.exec(text)?.[0] ?? '';
  const word = lastWordOf(text.slice(0, text.length - subscript.length));
  return word === undefined ? undefined : word + subscript;
}

/** The identifier that a text ends with, with what it's an attribute of. */
function lastWordOf(text: string): string | undefined {
  const characters = Array.from(text);
  const before = characters.findLastIndex((character) => !IN_WORD.test(character));
  const start = characters.findIndex((character, i) => i > before && STARTS_WORD.test(character));
  return start === -1 ? undefined : characters.slice(start).join('');
}

/** The function whose call ends a text, if it says what it returns: "F.cross_entropy(logits, y)", "torch.sigmoid(z)", "z.argmax(1)". */
function calledName(text: string): string | undefined {
  let depth = 0;
  let open = text.length - 1;
  for (; open >= 0; open--) {
    if (text[open] === ')') depth++;
    else if (text[open] === '(' && --depth === 0) break;
  }
  const name = lastWordOf(text.slice(Math.max(0, open - LONGEST_LABEL), open))
    ?.split('.')
    .at(-1);
  if (open <= 0 || name === undefined) return undefined;
  const { kind, loss, prediction, matrix } = meaningOf(name);
  return kind !== null || loss || prediction || matrix ? name : undefined;
}

function plainName(name: string): string {
  return QUOTED_SUBSCRIPT.exec(name)?.[1] ?? name;
}

/** Whether a name says nothing but that it's the first tensor of its text, which nothing names. */
export function isFirstUnnamed(name: string): boolean {
  return /^(?:tensor|array|list|frame|series) 1$/.test(name);
}

/** Gives each tensor a name that no other has. */
export class Names {
  readonly #used = new Map<string, number>();
  readonly #calls = new CallNames();
  #count = 0;

  next(
    bytes: Uint8Array,
    {
      ownName,
      spareName,
      kind,
      start,
      end,
      isWhole,
    }: Pick<FoundTensor, 'ownName' | 'spareName' | 'kind' | 'start' | 'end' | 'isWhole'>,
  ): { readonly name: string; readonly isNamed: boolean } {
    this.#count++;
    const parameter = this.#calls.next(bytes, start, end, isWhole);
    const own = ownName ?? parameter ?? nameBefore(bytes, start) ?? spareName;
    if (own === undefined) return { name: this.#unused(`${kind} ${this.#count}`), isNamed: false };
    return { name: this.#unused(own), isNamed: true };
  }

  /** A name with a number behind it, where it is in use: texts may have names with such numbers, too. */
  #unused(wanted: string): string {
    let times = this.#used.get(wanted) ?? 0;
    let name = wanted;
    do {
      times++;
      if (times > 1) name = `${wanted} (${times})`;
    } while (times > 1 && this.#used.has(name));
    this.#used.set(wanted, times);
    if (name !== wanted) this.#used.set(name, 1);
    return name;
  }
}
