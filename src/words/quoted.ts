/** A text of someone else within a sentence. */
export function quoted(text: string): string {
  return `“${text}”`;
}

/** Several of them: “a”, “b” */
export function quotedList(texts: readonly string[]): string {
  return texts.map(quoted).join(', ');
}
