import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { passOf, pinLine, sortedPins } from '../../../../src/webview/compare/pins.ts';
import { measure } from '../../../../src/webview/summary/measuredRows.ts';
import { compute } from '../../loss/inputs.ts';

const logits = { data: Float64Array.of(2, 1, 0, -1, 0, 3), shape: [2, 3] };
const targets = { data: Int32Array.of(0, 1), shape: [2] };
const stats = finish(
  measureRowStats(
    { values: logits.data, layout: { rows: 2, classes: 3, inner: 1 } },
    { kind: 'indices', values: targets.data },
    DEFAULT_SPEC,
  ),
);
const { totals } = measure({ stats, weight: null });
const spec = { ...DEFAULT_SPEC, labelSmoothing: 0.1, temperature: 1 };
const pin = (labelSmoothing: number, convention: 'UNIFORM_K' | 'UNIFORM_OTHERS' = 'UNIFORM_K') => ({
  convention,
  labelSmoothing,
  padding: null,
});

describe('a pin', () => {
  it('has the figures of the loss there', () => {
    const { figures } = pinLine(pin(0.3, 'UNIFORM_OTHERS'), spec, totals, undefined);
    const { loss, floor, onValue, offValue } = compute({
      logits,
      targets,
      convention: 'UNIFORM_OTHERS',
      labelSmoothing: 0.3,
    });
    expect(figures!.loss).toBeCloseTo(loss as number, 12);
    expect(figures!.floor).toBeCloseTo(floor, 12);
    expect([figures!.on, figures!.off]).toEqual([onValue, offValue]);
  });

  it('asks for another pass only where rows aren’t measured for it', () => {
    const shown = { convention: 'UNIFORM_K', ignoreIndex: -100, stats } as const;
    expect(passOf(pin(0.1, 'UNIFORM_OTHERS'), shown)).toBeUndefined();
    expect(passOf({ ...pin(0.1), convention: 'BINARY_FULL' }, shown)).toEqual({ convention: 'BINARY_FULL' });
    const padded = { convention: 'PAD_EXCLUDED', labelSmoothing: 0.1, padding: 2 } as const;
    expect(passOf(padded, shown)).toEqual({ convention: 'PAD_EXCLUDED', ignoreIndex: 2 });
    expect(passOf(padded, { ...shown, convention: 'PAD_EXCLUDED', ignoreIndex: 2 })).toBeUndefined();
  });

  it('is sorted by any column, what isn’t there yet last', () => {
    const lines = [0.3, 0.1, 0.2].map((alpha) => pinLine(pin(alpha), spec, totals, undefined));
    const waiting = pinLine(pin(0.9), spec, undefined, undefined);
    const order = (column: 'loss' | 'alpha' | 'pinned', descending: boolean) =>
      sortedPins([waiting, ...lines], { column, descending }).map(({ pin: of }) => of.labelSmoothing);
    expect(order('alpha', false)).toEqual([0.1, 0.2, 0.3, 0.9]);
    expect(order('loss', true).at(-1)).toBe(0.9);
    expect(order('loss', false).at(-1)).toBe(0.9);
    expect(order('pinned', true)).toEqual([0.2, 0.1, 0.3, 0.9]);
  });
});
