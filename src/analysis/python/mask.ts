/** What IPython has and Python doesn't: `%matplotlib inline`, `!pip install x`, `x = !ls`, `nn.Module?`. */
const ANY = /\n[ \t]*[%!?]|^[ \t]*[%!?]|=[ \t]*[%!]|\?[ \t]*\r?(?:\n|$)/;
const WHOLE_LINE = /^([ \t]*)([%!?].*|[\w.]+\?{1,2}[ \t]*)$/;
const ASSIGNED = /^([ \t]*[\w.,[\]'" ]+=[ \t]*)([%!].*)$/;
/** Cell magics whose cell is still Python. */
const PYTHON_CELL = /^%%(?:time|timeit|capture|prun|memit|mprun|lprun|python|python3|pypy|px)\b/;

/** Python that the grammar doesn't have, with something of the same length that it has. Offsets stay. */
const GAPS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // `1.`
  [/(?<![\w.])(\d[\d_]*)\.(?=[^\d\w.]|[eEjJ]|$)/g, '$10'],
  // `yield` without a value
  [/\byield(?=[ \t]*(?:[#)\]},;:]|\r?$))/gm, 'False'],
  // A line that goes on with an empty one
  [/\\(?=\r?\n[ \t]*\r?\n)/g, ' '],
];

/** The text as the parser can read it: as long, and the same but for what isn't Python, or isn't to the parser. */
export function masked(text: string): string {
  return GAPS.reduce((done, [pattern, instead]) => done.replace(pattern, instead), withoutMagics(text));
}

/**
 * The text with IPython's magics replaced by as many characters that are Python, so that every offset stays. The rest of a
 * line inside brackets or a string is left alone: there `%` is an operator, or text.
 */
function withoutMagics(text: string): string {
  if (!ANY.test(text)) return text;
  const first = text.search(/\S/);
  if (text.startsWith('%%', first) && !PYTHON_CELL.test(text.slice(first))) return blanked(text);
  let done = '';
  let copied = 0;
  for (const { from, to } of freeLines(text)) {
    const line = text.slice(from, to);
    const found = WHOLE_LINE.exec(line) ?? ASSIGNED.exec(line);
    if (!found || from < copied) continue;
    const [, kept = '', magic = ''] = found;
    const end = continuedTo(text, to);
    done += text.slice(copied, from) + kept;
    const rest = blanked(text.slice(from + kept.length, end));
    const word = magic.length >= 4 && !kept.includes('=') ? 'pass' : '0';
    done += word + rest.slice(word.length);
    copied = end;
  }
  return done + text.slice(copied);
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** A shell command goes on behind a backslash. */
function continuedTo(text: string, end: number): number {
  let to = end;
  while (/\\\r?$/.test(text.slice(Math.max(0, to - 2), to)) && to < text.length) {
    const next = text.indexOf('\n', to + 1);
    to = next === -1 ? text.length : next;
  }
  return to;
}

/** The lines that don't begin inside brackets or a string; without their ends. */
function* freeLines(text: string): Generator<{ readonly from: number; readonly to: number }> {
  const token =
    /("""|''')[\s\S]*?(?:\1|$(?![\s\S]))|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#.*|[([{]|[)\]}]|\n/g;
  let depth = 0;
  let from = 0;
  let next = 0;
  while (from <= text.length) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length : newline;
    if (depth === 0 && next <= from) {
      yield { from, to };
      // A magic has quotes and brackets of its own.
      if (WHOLE_LINE.test(text.slice(from, to)) || ASSIGNED.test(text.slice(from, to))) {
        from = next = to + 1;
        continue;
      }
    }
    token.lastIndex = Math.max(from, next);
    while (next <= to) {
      const found = token.exec(text);
      if (!found || found.index >= to) break;
      if (/^[([{]/.test(found[0])) depth++;
      else if (/^[)\]}]/.test(found[0])) depth = Math.max(0, depth - 1);
      next = token.lastIndex;
    }
    from = to + 1;
    next = Math.max(next, from);
  }
}
