import { Fields } from './fields.ts';

const DELIMITERS = [',', '\t', ';', '|', ' '].map((text) => text.charCodeAt(0));
/** Lines that are looked at. */
const LOOKED_AT = 8;

/** The delimiter that cuts the first lines into the most fields, as many in each; a comma if none does. */
export function delimiterOf(bytes: Uint8Array): number {
  let [best, most] = [DELIMITERS[0]!, 1];
  for (const delimiter of DELIMITERS) {
    const fields = new Fields(bytes, delimiter);
    const counts = new Set<number>();
    try {
      for (let line = 0; line < LOOKED_AT && fields.next(); line++) counts.add(fields.count);
    } catch {
      // An open quote is said when the table is read.
      continue;
    }
    const [count = 0] = counts;
    if (counts.size === 1 && count > most) [best, most] = [delimiter, count];
  }
  // Ragged lines are better said of the delimiter that is there.
  if (most === 1) return DELIMITERS.find((delimiter) => firstLineHas(bytes, delimiter)) ?? best;
  return best;
}

function firstLineHas(bytes: Uint8Array, delimiter: number): boolean {
  const fields = new Fields(bytes, delimiter);
  try {
    return fields.next() && fields.count > 1;
  } catch {
    return false;
  }
}
