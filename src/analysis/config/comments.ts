/** JSON without its comments: as many spaces in their places. A byte order mark counts as one. */
export function blankedComments(text: string): string {
  if (!/\/[/*]|^\uFEFF/.test(text)) return text;
  return text.replace(/^\uFEFF|"(?:\\[\s\S]|[^"\\\n])*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\r\n]/g, ' '),
  );
}
