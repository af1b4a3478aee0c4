/** The number at the end of a name, in a bracket perhaps, and what is before it. */
export function numberedParts(name: string): { readonly base: string; readonly number: string } {
  const end = /[\])]$/.test(name) ? name.length - 1 : name.length;
  let start = end;
  while (start > 0 && /\d/.test(name[start - 1]!)) start--;
  return { base: name.slice(0, endWithout(SEPARATORS, name, start)), number: name.slice(start, end) };
}

/** What may stand between the words of a name. */
export const SEPARATORS = ' _.:/[(-';

/** The end of a text up to `end` without such characters at its end. */
export function endWithout(characters: string, text: string, end: number): number {
  let last = end;
  while (last > 0 && characters.includes(text[last - 1]!)) last--;
  return last;
}

/** Where the word of this index ends in a name that has these words. */
export function endOfWord(name: string, words: readonly string[], index: number): number {
  let end = 0;
  for (let i = 0; i <= index; i++) end = name.indexOf(words[i]!, end) + words[i]!.length;
  return end;
}

/** Before the name of a class: "for class cat" of Azure ML, "class=cat" of KNIME. */
const OF_CLASS = /^[ _.:/[('"{-]*(?:(?:for|of) class |class ?= ?)/i;

/** Without what stands between words, and the bracket around a subscript. */
export function bareName(whole: string): string {
  const text = whole.replace(OF_CLASS, '');
  let start = 0;
  while (start < text.length && ' _.:/[(\'"{-'.includes(text[start]!)) start++;
  return text.slice(start, Math.max(start, endWithout(' _.:/])\'"}-([{', text, text.length))) || text;
}
