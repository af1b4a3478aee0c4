import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BatchStore } from '../../../../src/engine/batches/batchStore.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { ParsedTexts } from '../../../../src/engine/origins/parsedTexts.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { BatchView, OpenRequest, SourceRequest } from '../../../../src/protocol/engineChannel.ts';
import { parseText } from '../../../../src/readers/readText.ts';
import { threadedKernel } from '../kernel/kernels.ts';

/** The texts that were parsed, and by what. */
const parsed = vi.hoisted(() => [] as { readonly by: string; readonly bytes: Uint8Array }[]);

vi.mock('../../../../src/readers/json/readJson.ts', async (original) => {
  const module = await original<typeof import('../../../../src/readers/json/readJson.ts')>();
  const parseJson: typeof module.parseJson = (bytes, options) => {
    parsed.push({ by: 'json', bytes });
    return module.parseJson(bytes, options);
  };
  return { ...module, parseJson };
});

vi.mock('../../../../src/readers/printed/textArrays.ts', async (original) => {
  const module = await original<typeof import('../../../../src/readers/printed/textArrays.ts')>();
  const findTextArrays: typeof module.findTextArrays = (bytes) => {
    parsed.push({ by: 'printed', bytes });
    return module.findTextArrays(bytes);
  };
  return { ...module, findTextArrays };
});

const decoder = new TextDecoder();
/** How many bytes of a text were parsed. */
const bytesParsed = (text: string, by: string) =>
  parsed
    .filter((each) => each.by === by && decoder.decode(each.bytes) === text)
    .reduce((sum, { bytes }) => sum + bytes.length, 0);

/** Each request has bytes of its own, as those that come to the worker have. */
const of = (text: string, member?: string): SourceRequest => ({
  input: { bytes: new TextEncoder().encode(text) },
  origin: { line: 0, character: 0 },
  ...(member !== undefined && { member }),
});

const ROWS = 300;
const rows = Array.from({ length: ROWS }, (_, i) =>
  Array.from({ length: 4 }, (_, k) => ((i * 31 + k * 7) % 19) / 8 - 1).join(', '),
);
const indices = (step: number) => Array.from({ length: ROWS }, (_, i) => (i * step) % 4).join(', ');
const PRINTED = `logits = tensor([[${rows.join('],\n        [')}]])
labels = tensor([${indices(1)}])
others = tensor([${indices(3)}])
`;
const JSON_TEXT = `{"logits": [[${rows.join('], [')}]]}`;
const TARGETS = `[${indices(1)}]`;
const OTHERS = `[${indices(3)}]`;

const created = () => new BatchStore(new Compute(threadedKernel(0)));

function opened(
  store: BatchStore,
  logits: SourceRequest,
  targets?: OpenRequest['targets'],
  view: BatchView = {},
) {
  return finish(store.open(7, { ...logits, ...(targets && { targets }), view }));
}

describe('the text of logits is parsed once', () => {
  beforeEach(() => void parsed.splice(0));

  it('for a list of what a cell has printed, one that is opened, and targets from the same text', () => {
    const store = created();
    const listed = finish(store.list(of(PRINTED)));
    expect(listed).toMatchObject({ value: [{ name: 'logits' }, { name: 'labels' }, { name: 'others' }] });
    const results = [
      opened(store, of(PRINTED, 'logits')),
      ...(['labels', 'others', 'labels'] as const).map((member) =>
        finish(store.attachTargets(7, of(PRINTED, member), {})),
      ),
      finish(store.attachTargets(7, null, {})),
    ];
    expect(bytesParsed(PRINTED, 'printed')).toBe(PRINTED.length);
    expect(bytesParsed(PRINTED, 'json')).toBe(PRINTED.length);
    const expected = [undefined, 'labels', 'others', 'labels', undefined].map((member) =>
      opened(created(), of(PRINTED, 'logits'), member === undefined ? undefined : of(PRINTED, member)),
    );
    expect(results).toEqual(expected);
  });

  it('for JSON, with targets from other texts', () => {
    const store = created();
    finish(store.list(of(JSON_TEXT)));
    const results = [
      opened(store, of(JSON_TEXT)),
      finish(store.attachTargets(7, of(TARGETS), {})),
      finish(store.attachTargets(7, of(OTHERS), {})),
      finish(store.attachTargets(7, of('[0, 1]'), {})),
    ];
    expect(bytesParsed(JSON_TEXT, 'json')).toBe(JSON_TEXT.length);
    const expected = [undefined, of(TARGETS), of(OTHERS), of('[0, 1]')].map((targets) =>
      opened(created(), of(JSON_TEXT), targets),
    );
    expect(results).toEqual(expected);
    expect(results.at(-1)).toMatchObject({ problem: { reason: 'target-count', found: 2, expected: ROWS } });
  });

  it('when it’s listed again, or opened twice, where no batch changes another', () => {
    const store = created();
    for (const text of [PRINTED, JSON_TEXT]) {
      finish(store.list(of(text)));
      expect(finish(store.list(of(text)))).toEqual(finish(created().list(of(text))));
      const open = (id: number) =>
        finish(store.open(id, { ...of(text, 'logits'), view: { temperature: 2 } }));
      const first = open(1);
      const { source: values } = store.held(1).read;
      open(2);
      if ('values' in values) values.values.fill(0);
      store.release(1);
      expect(open(1)).toEqual(first);
    }
  });
});

describe('what was parsed isn’t taken', () => {
  const DEEP = '[[[1, 2], [3, 4], [5, 6]], [[6, 5], [4, 3], [2, 1]]]';

  it.each([DEEP, `x = tensor(${DEEP})`])('for another class axis: %s', (text) => {
    const store = created();
    finish(store.list(of(text)));
    for (const classAxis of [0, 1, 2])
      expect(opened(store, of(text), undefined, { classAxis })).toEqual(
        opened(created(), of(text), undefined, { classAxis }),
      );
  });

  it('for another text of the same length', () => {
    const store = created();
    finish(store.list(of('[[1, 2], [3, 4]]')));
    expect(opened(store, of('[[1, 2], [3, 5]]'))).toEqual(opened(created(), of('[[1, 2], [3, 5]]')));
  });

  it('for what is around the cursor', () => {
    const text = 'x = [[1, 2], [3, 4]]\ny = tensor([[5., 6.], [7., 8.]])\nz = [[9, 8], [7, 6]]';
    const store = created();
    finish(store.list(of(text)));
    for (let character = 0; character < 20; character++)
      for (const line of [0, 1, 2]) {
        const request = { ...of(text), cursor: { line, character } };
        expect(opened(store, request)).toEqual(opened(created(), request));
      }
  });
});

describe('parsed texts', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const parse = (text: string) => finish(parseText(bytesOf(text)));

  it('are kept up to so many bytes, the last used first', () => {
    const texts = new ParsedTexts(48);
    const [a, b, c] = ['[[1, 2], [3, 4]]', '[[5, 6], [7, 8]]', '[[9, 0], [1, 2]]'].map((text) => ({
      text,
      parsed: parse(text),
    }));
    const known = ({ text }: { readonly text: string }) => finish(texts.of(bytesOf(text)));
    for (const each of [a!, b!, c!]) texts.keep(bytesOf(each.text), each.parsed);
    expect(known(a!)).toBe(a!.parsed);
    const d = { text: '[[2, 2], [2, 2]]', parsed: parse('[[2, 2], [2, 2]]') };
    texts.keep(bytesOf(d.text), d.parsed);
    expect([a!, b!, c!, d].map((each) => known(each) === each.parsed)).toEqual([true, false, true, true]);
    const long = `[[${'1, '.repeat(20)}2]]`;
    texts.keep(bytesOf(long), parse(long));
    expect(known({ text: long })).toBeUndefined();
    expect(known(d)).toBe(d.parsed);
  });
});
