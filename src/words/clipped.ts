/** The first `most` UTF-16 units of a text, with “…” for the rest. No half of a pair is left. */
export function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** Code on one line, clipped. */
export function clippedCode(code: string, most: number): string {
  return clipped(code.replace(/\s+/g, ' '), most);
}
