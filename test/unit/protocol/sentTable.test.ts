import fc from 'fast-check';
import { expect, it } from 'vitest';
import { receivedTable, type SentTable, sentTable } from '../../../src/protocol/sentTable.ts';

const cell = fc.oneof(
  fc.string(),
  fc.double(),
  fc.constantFrom(Number.NaN, -0, Infinity, -Infinity, '', 'NaN'),
);

/** As a plain message arrives: JSON, and typed arrays as they are. */
function arrived({ numbers, ...plain }: SentTable): SentTable {
  return { ...JSON.parse(JSON.stringify(plain)), numbers: numbers.slice() };
}

it('a table arrives as it was sent, with every NaN and infinity', () =>
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.array(cell)), (head, rows) => {
      expect(receivedTable(arrived(sentTable({ head, rows })))).toEqual({ head, rows });
    }),
  ));
