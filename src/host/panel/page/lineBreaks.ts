/** A word joiner: a line doesn't end here. It's for pages, not for what leaves them. */
const JOINER = '\u2060';
const SPACE = '\u00a0';

/**
 * Strings for a page whose lines end between words. Browsers also end them within a word of Korean, beside what isn't a letter ("92.6%",
 * a name in quotes, brackets), and within "α = 0.1" and "0.39 nats".
 */
export function withoutBreaks(bundle: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(bundle).map(([key, text]) => [key, unbroken(text)]));
}

function unbroken(text: string): string {
  return text
    .replace(/[}%”)′](?=[가-힣])/g, `$&${JOINER}`)
    .replace(/[가-힣}](?=\()/g, `$&${JOINER}`)
    .replace(/ ([=→]) /g, `${SPACE}$1${SPACE}`)
    .replace(/\} (?=nats|bits)/g, `}${SPACE}`);
}

/** A text of a page, for files and the clipboard. */
export function withoutJoiners(text: string): string {
  return text.replaceAll(JOINER, '');
}
