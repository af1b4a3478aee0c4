/** All that ends a line, isn't seen, or looks like a space, in Python's own eyes and a reader's; and what begins an escape. */
const ESCAPED = /\\|[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const SHORT: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A Python string literal that is this text, half surrogate pairs included. */
export function pythonString(text: string): string {
  return `"${escaped(text).replaceAll('"', '\\"')}"`;
}

/** A Python comment: one line, with escapes as a string literal has them. */
export function pythonComment(text: string): string {
  // In the first two lines of a file this would choose its encoding (PEP 263).
  return `# ${escaped(text).replace(/coding(?=[:=])/g, 'coding ')}`;
}

function escaped(text: string): string {
  return text.replace(ESCAPED, (character) => SHORT[character] ?? numbered(character.codePointAt(0)!));
}

function numbered(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
