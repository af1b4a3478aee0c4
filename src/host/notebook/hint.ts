/** Tensors begin at the start of an output, or, after a log, come at its end. */
const LOOKED_AT_BYTES = 64 * 1024;

const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+|nan|inf(?:inity)?)`;

/** What tensors are printed with: a name and a parenthesis, brackets around two numbers, or two numbers in a line of a table. */
const HINT = new RegExp(
  // Case doesn't matter, and no part of it can match one text in two ways: it takes time in proportion to the text.
  [
    String.raw`(?:tensor|array)\s?\(`,
    String.raw`<tf\.Tensor`,
    String.raw`[[(]\s*${NUMBER}(?:\s*,\s*|\s+)${NUMBER}`,
    String.raw`^\S+[ \t]+${NUMBER}[ \t]+${NUMBER}`,
    'class="dataframe"',
    '"logits"',
  ].join('|'),
  'im',
);

/** False if there's surely no tensor in a text in UTF-8: what most outputs are, without more ado. */
export function hasTensorHint(text: Uint8Array): boolean {
  if (HINT.test(decoded(text.subarray(0, LOOKED_AT_BYTES)))) return true;
  const end = text.subarray(Math.max(LOOKED_AT_BYTES, text.length - LOOKED_AT_BYTES));
  return end.length > 0 && HINT.test(decoded(end));
}

/** True for the HTML of a pandas data frame. */
export function isDataFrame(html: Uint8Array): boolean {
  return decoded(html.subarray(0, LOOKED_AT_BYTES)).includes('class="dataframe"');
}

/** Colours don't matter here, and stand between brackets and numbers. */
function decoded(bytes: Uint8Array): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  return new TextDecoder().decode(bytes).replace(/\u001b\[[\d;]*m/g, '');
}
