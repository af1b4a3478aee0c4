import { lastWord } from '../../sourceTokens.ts';

/** Names that α goes by in hand-written losses. */
export const SMOOTHING_NAME =
  /^(?:label_?smooth(?:ing)?(?:_?(?:factor|val(?:ue)?|eps(?:ilon)?|rate|param|alpha|amount))?|smooth(?:ing|ness)?(?:_?(?:factor|val(?:ue)?|eps(?:ilon)?|rate|param|ratio|alpha))?|lb_smooth|smooth_eps|ls_?(?:eps(?:ilon)?|alpha|factor|smoothing)?|eps(?:ilon)?(?:_ls)?|e|lsr|para_LSR|lsm_?weight|alpha|ε|α)$/;

/** Says by itself that something is smoothed: `alpha` beside it is something else. */
const SURELY_SMOOTHING = /smooth|lsr|^ls/i;

/** The name of α among parameters or arguments. */
export function smoothingNameIn(names: readonly string[]): string | undefined {
  const possible = names.filter((name) => SMOOTHING_NAME.test(name));
  return possible.find((name) => SURELY_SMOOTHING.test(name)) ?? possible[0];
}

/**
 * The parameter that is taken from 1 and divided, whatever it's called: `1 - s` is left to the true class, `s / (K - 1)` is shared out.
 * `code` has neither comments nor strings.
 */
export function sharedNameIn(names: readonly string[], code: string): string | undefined {
  const rest = new Set(Array.from(code.matchAll(TAKEN_FROM_1), ([, name = '']) => name));
  if (rest.size === 0) return undefined;
  const divided = new Set((divisionsOf(code) ?? []).map(({ numerator }) => lastWord(numerator)));
  return names.find((name) => rest.has(name) && divided.has(name));
}

/** The parameter that one-hot rows are made with, whatever it's called: `F.one_hot(y, self.n)`, `torch.eye(n)`. */
export function rowLengthIn(names: readonly string[], code: string): string | undefined {
  const found = new Set<string>();
  for (const { 1: maker = '', 2: given = '' } of code.matchAll(ROWS)) {
    const size = given.split(',')[/^eye/i.test(maker) ? 0 : 1] ?? '';
    found.add(
      size
        .slice(size.indexOf('=') + 1)
        .trim()
        .replace(/^self\./, ''),
    );
  }
  const [only, ...others] = names.filter((name) => found.has(name));
  return others.length === 0 ? only : undefined;
}

const ROWS = /\b(one_?hot|to_categorical|eye)\(([^()\n]{0,80})\)/gi;

const TAKEN_FROM_1 = /\b1(?:\.0*)? ?- ?(?:self\.)?(\w+)/g;

/** Divisions of a loss that is looked into: with more it isn't known. */
const MOST_DIVISIONS = 100;

/**
 * True where code seems to share α out among classes: it divides by a number of classes, by less 1 or 2 of one, or takes a mean of
 * logarithms. It's a reason to execute it, nothing more. `parameter` is what it calls α; `code` has neither comments nor strings.
 */
export function seemsToShare(code: string, parameter: string): boolean {
  const divisions = divisionsOf(code);
  if (!divisions) return false;
  const named = namesLess1(code);
  if (divisions.some(({ divisor }) => LESS_1_OR_2.test(divisor) || named.has(divisor))) return true;
  const line = spaced(code).replace(/\w+/g, kindOfName);
  const isShared = ({ numerator, divisor }: Division) =>
    (ALPHA.test(numerator) || lastWord(numerator) === parameter) &&
    (CLASSES.test(divisor) || /^2(?:\.0*)?$/.test(divisor));
  return divisions.some(isShared) || HALF.test(line) || isMean(line);
}

/** Names stand for what they are: α, or logarithms of probabilities. Others stay as they are. */
function kindOfName(name: string): string {
  if (/smooth|eps|alpha$/i.test(name)) return 'ALPHA';
  return /log_?p/i.test(name) ? 'LOG_P' : name;
}

// All of these are for code with one space at a time.
const LESS_1 = /[\w)\]] ?- ?1(?:\.0*)?$/;
const LESS_1_OR_2 = /[\w)\]] ?- ?[12](?:\.0*)?$/;
const ALPHA = /smooth|eps|alpha|\bls\b|\blsr\b|lb_|\be\b|1(?:\.0*)?$|confidence|\bloss\b|sum\(/i;
const HALF = /\.5 ?\* ?(?:self\.)?ALPHA|ALPHA ?\* ?0?\.5\b/;
const CLASSES = /class|\bn\b|\bk\b|\bc\b|\bcls\b|size|shape|vocab|num_?|dim|categor|len\(|labels/i;
/** The mean over the classes is the sum divided by K. */
const MEAN = /LOG_P ?\)? ?\.mean\(|mean\((?:dim|axis|-1|1)|\.mean\( ?(?:dim|axis|-1)/i;

function isMean(line: string): boolean {
  return MEAN.test(line) || calls(line, /log_softmax\(/gi).some(({ behind }) => /^ ?\.mean\(/i.test(behind));
}

function spaced(code: string): string {
  return code.replace(/\s+/g, ' ');
}

/** What calls are given, up to the first parenthesis that closes, and what comes then. Of calls in calls the outermost. */
function calls(line: string, callee: RegExp): readonly { readonly given: string; readonly behind: string }[] {
  const all: { given: string; behind: string }[] = [];
  let last = -1;
  for (const { index, 0: opening } of line.matchAll(callee)) {
    const end = index < last ? last : line.indexOf(')', index);
    if (end === -1) break;
    if (end === last) continue;
    all.push({ given: line.slice(index + opening.length, end), behind: line.slice(end + 1, end + 10) });
    last = end;
  }
  return all;
}

/** What is set to something less 1: `K = n - 1`. */
function namesLess1(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of code.split('\n')) {
    const sign = line.lastIndexOf('=');
    if (sign === -1 || !LESS_1.test(spaced(line.slice(sign + 1)).trimEnd())) continue;
    names.add(lastWord(line.slice(0, sign).trimEnd()));
  }
  return names;
}

interface Division {
  readonly numerator: string;
  readonly divisor: string;
}

/** What is divided by what, everywhere in the code; undefined if that is too much. */
function divisionsOf(code: string): readonly Division[] | undefined {
  const all: Division[] = [];
  for (let offset = code.indexOf('/'); offset !== -1; offset = code.indexOf('/', offset + 1)) {
    if (code[offset - 1] === '/' || code[offset + 1] === '/') continue;
    if (all.length === MOST_DIVISIONS) return undefined;
    const before = code.slice(Math.max(0, offset - 80), offset);
    const from = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('='), before.lastIndexOf(',')) + 1;
    all.push({
      numerator: before.slice(from).trim(),
      divisor: spaced(operandOf(code.slice(offset + 1, offset + 200))),
    });
  }
  return all;
}

/** The operand at the start: a name with calls and subscripts, or what is in parentheses. */
function operandOf(text: string): string {
  const start = text.length - text.trimStart().length;
  const inner = /^(?:float|int)?\(/.exec(text.slice(start));
  let depth = 0;
  let offset = start;
  for (; offset < text.length; offset++) {
    const character = text[offset]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) {
      if (--depth < 0) break;
    } else if (depth === 0 && !/[\w.]/.test(character)) break;
  }
  const operand = text.slice(start, offset).trim();
  return inner && operand.endsWith(')') ? operand.slice(inner[0].length, -1).trim() : operand;
}
