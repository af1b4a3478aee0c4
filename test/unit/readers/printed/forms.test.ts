import { describe, expect, it } from 'vitest';
import { batchOf, type PrintedCase, reference, tensorIn, textAt } from './read.ts';

const numbers = (values: PrintedCase['read']) =>
  values.map((value) =>
    Math.fround(Number(value === 'inf' ? 'Infinity' : value === '-inf' ? '-Infinity' : value)),
  );

describe.each(['torch', 'numpy', 'pandas'])('what %s prints', (framework) => {
  const cases = reference(framework).map((each) => [each.title, each] as const);

  it.each(cases)('%s: its numbers, exactly', (_, { text, shape, read }) => {
    const tensor = tensorIn(text);
    expect(tensor.shape).toEqual(shape);
    if (tensor.content.kind !== 'numbers') throw new Error(JSON.stringify(tensor.content));
    expect(Array.from(tensor.content.values, Math.fround)).toEqual(numbers(read));
  });

  it.each(cases)('%s: what is known of it', (_, { text, name, type, rounding, names, targets }) => {
    const tensor = tensorIn(text);
    if (type !== undefined) expect(tensor.type).toBe(type);
    if (name !== undefined) expect(tensor.name).toBe(name);
    else expect(tensor.isNamed).toBe(false);
    if (rounding !== undefined) expect(tensor.rounding).toBe(rounding);
    if (names !== undefined) expect(batchOf(text).classNames).toEqual(names);
    if (targets) expect(batchOf(text).targets).toEqual({ kind: 'indices', values: Int32Array.from(targets) });
  });

  it.each(cases)(
    '%s: how far the numbers are from those before they were printed',
    (_, { text, exact, read }) => {
      const { rounding } = tensorIn(text);
      const before = exact.map(Number);
      const after = read.map(Number);
      for (const [i, value] of before.entries()) {
        if (!Number.isFinite(value)) continue;
        // Beside the rounding to decimals, only that to float32.
        expect(Math.abs(after[i]! - value)).toBeLessThanOrEqual(
          rounding + Math.abs(value) * 2 ** -24 + 1e-45,
        );
      }
    },
  );

  it.each(cases)('%s: where it is', (_, { text, shape }) => {
    const around = `😀 before\n\n${text}\nafter`;
    const tensor = tensorIn(around);
    expect(textAt(around, tensor)).toBe(textAt(text, tensorIn(text)));
    if (shape.length !== 2 || shape[1] === 1 || framework === 'pandas') return;
    const { spans } = tensor;
    expect(spans.length).toBe(2 * shape[0]!);
    for (let row = 0; row < shape[0]!; row++)
      expect(textAt(around, { start: spans[2 * row]!, end: spans[2 * row + 1]! })).toMatch(/^\[[^[\]]*\]$/);
  });
});
