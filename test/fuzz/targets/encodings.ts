import { Compute } from '../../../src/engine/measure/compute.ts';
import { TableOrigin } from '../../../src/engine/origins/tableOrigin.ts';
import { TextOrigin } from '../../../src/engine/origins/textOrigin.ts';
import { checkSame, outcomeOf } from '../properties.ts';
import { decode, encode, type FuzzTarget } from '../target.ts';
import { fileSamples, JSON_SAMPLES, JSON_TOKENS, printedSamples } from './samples.ts';

const compute = new Compute(undefined);
const request = { origin: { line: 0, character: 0 } };

/** A text says the same in every encoding, and in the same places. */
export const encodingsTarget: FuzzTarget = {
  name: 'encodings',
  samples: [
    ...JSON_SAMPLES,
    ...printedSamples('pandas').slice(0, 6),
    ...fileSamples('tables', '.csv').filter(({ length }) => length < 1000),
  ],
  tokens: [...JSON_TOKENS, 'é', '😀', '日本', '\r\n', 'tensor([1., 2.])', 'a,b\n1,2\n'],
  *run(bytes) {
    const text = decode(bytes).replace(/^\uFEFF+/, '');
    const utf8 = encode(text);
    let first: unknown;
    let outcome = '';
    for (const encoded of [utf8, withMark(utf8), utf16(text, true), utf16(text, false)]) {
      const members = yield* new TextOrigin(encoded, request, compute).listMembers();
      const table = yield* new TableOrigin({ bytes: encoded }, request, compute).read();
      const said = [members, table];
      first ??= said;
      checkSame(first, said, 'In UTF-8, and in another encoding');
      outcome = outcomeOf(members);
    }
    return outcome;
  },
};

function withMark(utf8: Uint8Array): Uint8Array {
  return encode(`\uFEFF${decode(utf8)}`);
}

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * (text.length + 1));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, little);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * (i + 1), text.charCodeAt(i), little);
  return bytes;
}
