import { expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import { openArrow } from '../../../../src/readers/columnar/arrow/arrowReader.ts';
import { columnarBytes } from '../../../fixtures/columnar.ts';

const [ROWS, MANY] = [25n, 1n << 30n];

it.each(['fixed-list.arrow', 'wide-lz4.feather', 'wide-zstd.feather'])(
  'a batch with more rows than its bytes have bits is damaged: no room is made for them: %s',
  (name) => {
    const bytes = columnarBytes(name);
    expect(finish(openArrow(inMemory(bytes)))).toMatchObject({ value: { rows: 25 } });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 8 <= bytes.length; at += 4)
      if (view.getBigInt64(at, true) === ROWS) view.setBigInt64(at, MANY, true);
    expect(finish(openArrow(inMemory(bytes)))).toMatchObject({ problem: { reason: 'damaged' } });
  },
);
