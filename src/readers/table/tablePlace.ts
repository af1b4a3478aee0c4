import type { TablePlace } from '../logitsBatch.ts';
import type { Fields } from './tableFields.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Where the logits of a table are, as whoever counts lines and columns finds them; undefined where lines above its first row may be
 * counted in another way. `fields` are at that row.
 */
export function tablePlace(fields: Fields, columns: readonly number[]): TablePlace | undefined {
  const { bytes, start, delimiter } = fields;
  let above = 0;
  for (let i = 0; i < start; i++) {
    if (bytes[i] === QUOTE || (bytes[i] === CR && bytes[i + 1] !== LF)) return undefined;
    if (bytes[i] === LF) above++;
  }
  // Any number of spaces may be between two fields.
  return delimiter === ' ' ? undefined : { delimiter, above, columns };
}
