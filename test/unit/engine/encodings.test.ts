import { describe, expect, it } from 'vitest';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { finish } from '../../../src/loss/work.ts';
import type { SourceRequest } from '../../../src/protocol/engineChannel.ts';

const library = new BatchStore(new Compute(undefined));
let id = 0;
const origin = { line: 0, character: 0 };

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), little);
  return bytes;
}

const ENCODINGS: readonly (readonly [name: string, encode: (text: string) => Uint8Array])[] = [
  ['UTF-8', (text) => new TextEncoder().encode(text)],
  ['UTF-8 with a byte order mark', (text) => new TextEncoder().encode(`\uFEFF${text}`)],
  ['UTF-16, little-endian', (text) => utf16(`\uFEFF${text}`, true)],
  ['UTF-16, big-endian', (text) => utf16(`\uFEFF${text}`, false)],
];

const table = (bytes: Uint8Array): SourceRequest => ({ input: { file: { format: 'table', bytes } }, origin });

function opened(request: SourceRequest, targets?: SourceRequest) {
  const read = finish(library.open(++id, { ...request, ...(targets && { targets }), view: {} }));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

describe.each(ENCODINGS)('text in %s', (_, encode) => {
  const text = (content: string): SourceRequest => ({ input: { bytes: encode(content) }, origin });

  it('may be JSON, with the places of its rows', () => {
    const { batch, summary, stats } = opened(
      text('{"classes": ["Käse", "😀"],\n "logits": [[1.5, 2], [3, 4]], "labels": ["😀", "Käse"]}'),
    );
    expect(summary).toMatchObject({ shape: [2, 2], classNames: ['Käse', '😀'] });
    expect([...stats.target]).toEqual([1, 0]);
    expect(library.locate(batch, 1)).toEqual({
      start: { line: 1, character: 22 },
      end: { line: 1, character: 28 },
    });
  });

  it('may be JSON Lines', () => {
    const { batch, range } = opened(text('{"logits": [1, 2]}\n{"logits": [3, 4], "note": "😀"}\n'));
    expect(range).toEqual({ start: origin, end: { line: 1, character: 32 } });
    expect(library.locate(batch, 1)).toMatchObject({ start: { line: 1, character: 0 } });
  });

  it('may be what pandas prints, from its first line on', () => {
    const { summary, range } = opened(text('     cat  dog\n0    1.5  2.5\n1    3.5  4.5\n'));
    expect(summary).toMatchObject({ shape: [2, 2], classNames: ['cat', 'dog'] });
    expect(range).toEqual({ start: origin, end: { line: 2, character: 13 } });
  });

  it('may be a log, with the places of its tensors', () => {
    const listed = finish(library.list(text('😀 loss tensor([0.5, 1.5])\r\nEnde: x = [1, 2]')));
    expect(listed).toMatchObject({
      value: [
        { range: { start: { line: 0, character: 8 }, end: { line: 0, character: 26 } } },
        { name: 'x', range: { start: { line: 1, character: 10 }, end: { line: 1, character: 16 } } },
      ],
    });
  });

  it('may be a table, or targets in one', () => {
    const { summary, batch } = opened(table(encode('Käse,😀,label\n1.5,2.5,1\n3.5,4.5,0\n')));
    expect(summary).toMatchObject({ shape: [2, 2], classNames: ['Käse', '😀'], targetsFrom: 'indices' });
    expect(library.locate(batch, 1)).toMatchObject({ start: { line: 2, character: 0 } });
    const { stats } = opened(table(encode('a;b\n1,5;2,5\n1;2\n3;4\n'.replaceAll(',', '.'))), {
      ...table(encode('label\n1\n0\n1\n')),
    });
    expect([...stats.target]).toEqual([1, 0, 1]);
  });

  it('says where it’s wrong', () => {
    const read = finish(library.open(++id, { ...text('[["😀", 1],\n ["Käse", x]]'), view: {} }));
    expect(read).toMatchObject({ problem: { reason: 'syntax', place: { line: 1, character: 10 } } });
    const ragged = finish(library.open(++id, { ...table(encode('a,b\n1,2\n"😀",3,4\n')), view: {} }));
    expect(ragged).toMatchObject({ problem: { reason: 'fields', place: { line: 2, character: 0 } } });
  });

  it('is read around a cursor', () => {
    const read = { ...text('"😀 x = [-1, 2]\n y = [-3, 4]'), cursor: { line: 1, character: 7 } };
    expect(opened(read).range).toMatchObject({ start: { line: 1, character: 5 } });
  });
});

it.each([
  ['half of a pair', 2 * 21],
  ['half of a unit', 2 * 20 + 1],
])('UTF-16 that ends with %s is refused there', (_, length) => {
  const bytes = utf16('\uFEFF{"logits": [1, 2]} \uD83D', true).subarray(0, length);
  expect(finish(library.list({ input: { bytes }, origin }))).toMatchObject({
    problem: { reason: 'syntax', place: { line: 0, character: 19 } },
  });
});
