import { finish } from '../../loss/work.ts';
import { toPlainText } from '../../readers/printed/plainText.ts';

/** Tensors begin at the start of an output, or, after a log, come at its end. */
const LOOKED_AT_BYTES = 64 * 1024;

/** What tensors are printed with: each takes time in proportion to the text. */
const HINTS = [
  /(?:tensor|array)\s?\(|\bnp\.\w+\(|<tf\.Tensor|\bdtype: \w|class="dataframe"|<table\b|"logits"/i,
  // Brackets around two numbers
  /[[(]\s*[-+]?(?:\.?\d[\d.e+-]*|nan|inf(?:inity)?)(?:\s*,\s*|\s+)[-+]?(?:\.?\d|nan|inf)/i,
  // Two numbers in a line of a table
  /^\S+[ \t]+[-+]?(?:\.?\d[\d.e+-]*|nan|inf(?:inity)?)[ \t]+[-+]?(?:\.?\d|nan|inf)/im,
  // Two numbers between bars
  /(?:\d|nan|inf(?:inity)?)\s{0,40}[|│┆;]\s{0,40}[-+]?(?:\.?\d|nan|inf)/i,
  // Two names with a number each, in a map: {cat=0.62, dog=0.38}, map[cat:0.62 dog:0.38], {'cat': 0.62, 'dog': 0.38}
  /[\p{L}\p{N}_"'][ \t]{0,8}(?:=>?|:|->)[ \t]{0,8}-?\d[\d.e+-]{0,24}%?[,; ]\s{0,8}:?["'\p{L}][^\n=:>,]{0,80}(?:=>?|:|->)[ \t]{0,8}-?\.?\d/u,
  // One in each of two lines
  /^\S+[ \t]+[-+]?(?:\.?\d[\d.e+-]*|nan|inf(?:inity)?)\r?\n\S+[ \t]+[-+]?(?:\.?\d[\d.e+-]*|nan|inf(?:inity)?)\r?$/im,
];

/** A number after a sign, at the end of a line: "cat: 62.00%", "logits[0] = 1.25". */
const AFTER_SIGN = /[:=>][ \t]{0,8}[-+]?\.?\d[\d.e+-]{0,24} ?%?\r?$/;
const LONGEST_END = 48;

function isHinted(text: string): boolean {
  return HINTS.some((hint) => hint.test(text)) || hasTwoLines(text);
}

/** True for two lines, one below the other, with a number each after a sign. */
function hasTwoLines(text: string): boolean {
  let wasOne = false;
  for (const line of text.split('\n')) {
    const isOne = AFTER_SIGN.test(line.slice(-LONGEST_END));
    if (isOne && wasOne) return true;
    wasOne = isOne;
  }
  return false;
}

/** False if there's surely no tensor in a text in UTF-8: what most outputs are, without more ado. */
export function hasTensorHint(text: Uint8Array): boolean {
  if (isHinted(decoded(text.subarray(0, LOOKED_AT_BYTES)))) return true;
  const end = text.subarray(Math.max(LOOKED_AT_BYTES, text.length - LOOKED_AT_BYTES));
  return end.length > 0 && isHinted(decoded(end));
}

/** True for the HTML of a pandas data frame. */
export function isDataFrame(html: Uint8Array): boolean {
  return decoded(html.subarray(0, LOOKED_AT_BYTES)).includes('class="dataframe"');
}

/** True for HTML that has a table with values, as that of a styled data frame. */
export function isHtmlTable(html: Uint8Array): boolean {
  const text = decoded(html.subarray(0, LOOKED_AT_BYTES)).toLowerCase();
  const table = text.indexOf('<table');
  return table !== -1 && text.includes('<td', table);
}

/** Without what a terminal is told, which may stand between brackets and numbers. */
function decoded(bytes: Uint8Array): string {
  const plain = finish(toPlainText(bytes, bytes.length));
  return new TextDecoder().decode(plain.bytes.subarray(0, plain.end));
}
