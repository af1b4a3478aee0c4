import { describe, expect, it } from 'vitest';
import { readCodeNumber } from '../../../../src/readers/text/codeNumbers.ts';
import { Cursor } from '../../../../src/readers/text/cursor.ts';

function read(text: string) {
  const bytes = new TextEncoder().encode(text);
  const cursor = new Cursor(bytes, 0, bytes.length, {
    printing: { printer: 'python', commas: true, rounds: false },
  });
  const value = readCodeNumber(cursor);
  return {
    value,
    rest: new TextDecoder().decode(bytes.subarray(cursor.offset)),
    written: { ...cursor.written },
  };
}

describe('a number in code', () => {
  it.each([
    ['np.inf', Number.POSITIVE_INFINITY],
    ['-np.inf', Number.NEGATIVE_INFINITY],
    ['-jnp.inf', Number.NEGATIVE_INFINITY],
    ['math.nan', Number.NaN],
    ['torch.inf', Number.POSITIVE_INFINITY],
    ["float('-inf')", Number.NEGATIVE_INFINITY],
    ['float("inf")', Number.POSITIVE_INFINITY],
    ['-float("inf")', Number.NEGATIVE_INFINITY],
    ['float(np.nan)', Number.NaN],
    ['np.float32(0.1)', 0.1],
    ['np.NINF', Number.NEGATIVE_INFINITY],
    ['torch.tensor(-1.5, dtype=torch.float64)', -1.5],
    ["tensor(0.25, device='cuda:0', grad_fn=<NllLossBackward0>)", 0.25],
    ['1_000', 1000],
    ['1_0.2_5e1', 102.5],
    ['+2', 2],
    ['\u22122.5', -2.5],
    ['1.5f', 1.5],
    ['-1.0f-1', -0.1],
    ['Inf32', Number.POSITIVE_INFINITY],
    ['Float32(2)', 2],
    ['7L', 7],
    ['-Inf', Number.NEGATIVE_INFINITY],
    ['NA', Number.NaN],
    ['NA_real_', Number.NaN],
  ])('%s', (text, value) => expect(read(text)).toMatchObject({ value, rest: '' }));

  it.each([
    'x',
    'np.pi',
    'inf_',
    'np.log(2)',
    'float(x)',
    "float('a')",
    "float('1'",
    '1__0',
    '1_',
    '0x10',
    '010',
    '1.5.2',
    '-',
    '+',
    'e5',
    'tensor([1])',
    'None',
  ])('isn’t %s, and nothing is skipped', (text) =>
    expect(read(text)).toMatchObject({ value: undefined, rest: text }),
  );

  it('says how it was written', () => {
    expect(read('1_0.25').written).toEqual({ decimals: 2, point: true, exponent: undefined });
    expect(read('2.5f-3').written).toEqual({ decimals: 1, point: true, exponent: -3 });
    expect(read('np.float32(0.125)').written).toMatchObject({ decimals: 3, point: true });
    expect(read('-np.inf').written).toEqual({ decimals: 0, point: false, exponent: undefined });
  });

  it('ends where its word ends', () => {
    expect(read('np.inf, 2')).toMatchObject({ value: Number.POSITIVE_INFINITY, rest: ', 2' });
    expect(read('np.float32(1.5)]')).toMatchObject({ value: 1.5, rest: ']' });
  });
});
