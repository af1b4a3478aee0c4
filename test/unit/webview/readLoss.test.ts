import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('acquireVsCodeApi', () => ({ getState: () => undefined, setState() {}, postMessage() {} }));
vi.stubGlobal('addEventListener', () => undefined);
const { parseClasses } = await import('../../../src/webview/explain/lossReader.tsx');

describe('K that is typed', () => {
  it.each([
    ['2', 2],
    ['1000', 1000],
    ['1e3', 1000],
    ['2147483647', 2_147_483_647],
  ])('%s', (text, value) => expect(parseClasses(text)).toEqual({ value }));

  it.each(['', '1', '0', '-5', '10.5', '2147483648', '1e308', 'Infinity', 'NaN', 'ten', '10 classes'])(
    '“%s” isn’t a number of classes',
    (text) => expect(parseClasses(text)).toHaveProperty('problem'),
  );
});
