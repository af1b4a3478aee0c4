import { meaningOf } from '../roles/arrayNames.ts';

/** What is looked at. */
const LOOKED_AT = 1 << 16;
/** So many names are told, of so many characters. */
const MOST_NAMES = 4;
const LONGEST_NAME = 40;

const WORD = /loss|nll|perplexity/gi;
const IN_NAME = /\w/;
/** A number soon after: "train_loss: 0.52", "'loss_cls': tensor(1.8", "val loss 0.88". */
const NUMBER_AFTER = /^[\s'"\]:=[(]{0,12}(?:tensor\()?-?\d/;

/** "0:\tlearn: 1.05\ttest: 1.06", as CatBoost logs. */
const LEARN = /^\d{1,9}:\s{1,8}learn: \d[\d.e-]{0,24}\s{1,8}test: \d/m;

/** The losses that a text has numbers for, as a training log has them: their names. */
export function lossesIn(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes.subarray(0, LOOKED_AT));
  const names = new Set<string>();
  for (const { index } of text.matchAll(WORD)) {
    if (names.size === MOST_NAMES) break;
    let [start, end] = [index, index];
    while (start > 0 && index - start < LONGEST_NAME && IN_NAME.test(text[start - 1]!)) start--;
    while (end < text.length && end - index < LONGEST_NAME && IN_NAME.test(text[end]!)) end++;
    if (NUMBER_AFTER.test(text.slice(end, end + LONGEST_NAME))) names.add(text.slice(start, end));
  }
  if (names.size > 0) return [...names];
  return LEARN.test(text) ? ['learn', 'test'] : lossesOfTable(text);
}

const EPOCH = /^\s{0,20}(?:epoch|step|iter|iteration)s?\b/i;

/** Those in the head of a table that counts epochs or steps: "epoch  train_loss  valid_loss", and numbers below. */
function lossesOfTable(text: string): readonly string[] {
  const lines = text.split('\n');
  const head = lines.findIndex(
    (line, i) => EPOCH.test(line) && !/\d/.test(line) && /^\s*\d/.test(lines[i + 1] ?? ''),
  );
  const words =
    lines[head]?.split(/[\s|,]+/).filter((word) => meaningOf(word).loss && !EPOCH.test(word)) ?? [];
  return words.slice(0, MOST_NAMES).map((word) => word.slice(0, LONGEST_NAME));
}
