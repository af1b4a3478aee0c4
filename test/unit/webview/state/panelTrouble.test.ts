import { describe, expect, it } from 'vitest';
import { batchFigures } from '../../../../src/loss/batch/batchFigures.ts';
import { lossTermsOf } from '../../../../src/loss/batch/lossTerms.ts';
import { hardFloorSum } from '../../../../src/loss/batch/rowFloors.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { troubleWords } from '../../../../src/webview/explain/troubleSentence.tsx';
import { type Trouble, troubleOf } from '../../../../src/webview/state/panelTrouble.ts';
import { measure } from '../../../../src/webview/summary/measuredRows.ts';

/** What the panel has of some logits at α. */
function shown(logits: number[][], targets: number[], labelSmoothing: number, weight?: number[]) {
  const layout = { rows: logits.length, classes: logits[0]!.length, inner: 1 };
  const spec = { ...DEFAULT_SPEC, weight: weight ? Float64Array.from(weight) : null };
  const stats = finish(
    measureRowStats(
      { values: Float64Array.from(logits.flat()), layout },
      { kind: 'indices', values: Int32Array.from(targets) },
      spec,
    ),
  );
  const measured = measure({ stats, weight: spec.weight });
  const terms = lossTermsOf({ ...spec, labelSmoothing }, stats);
  const of = batchFigures(measured.totals, terms, hardFloorSum(measured.totals, terms), 'mean');
  return { ...of, trouble: troubleOf(measured, terms, of.loss) };
}

const [NONE, NAN] = [Number.NEGATIVE_INFINITY, Number.NaN];
const fine = [1, 0, 0];

describe('the uniform term', () => {
  it('is infinite where a class has no probability, whatever the NLL is', () => {
    expect(shown([fine, [0, NONE, 1]], [0, 0], 0.1)).toMatchObject({ uniform: Infinity, loss: Infinity });
    expect(shown([fine, [0, NONE, 1]], [0, 1], 0.1)).toMatchObject({
      uniform: Infinity,
      nll: Infinity,
      loss: Infinity,
    });
    expect(shown([fine, [0, NONE, 1]], [0, 0], 0).nll).toBeLessThan(10);
  });
});

describe('why a loss isn’t a number to work with', () => {
  it.each([
    ['nothing', [fine, fine], [0, 1], 0.1, undefined],
    ['every row is ignored', [fine], [-100], 0.1, { because: 'ignored' }],
    ['a logit is NaN', [fine, [0, NAN, 0]], [0, 0], 0.1, { because: 'not-a-number', row: 1 }],
    [
      'a class has no probability',
      [fine, [0, NONE, 1]],
      [0, 0],
      0.1,
      { because: 'nothing-elsewhere', row: 1 },
    ],
    ['the target has none', [fine, [0, NONE, 1]], [0, 1], 0.1, { because: 'nothing-for-target', row: 1 }],
    ['it has none, without smoothing', [[0, NONE, 1]], [1], 0, { because: 'nothing-for-target', row: 0 }],
    ['an infinite loss times 0', [fine, [0, NONE, 1]], [0, 1], 1, { because: 'zero-of-infinity', row: 1 }],
  ])('%s', (_, logits, targets, alpha, expected) =>
    expect(shown(logits, targets, alpha).trouble).toEqual(expected),
  );

  it('all weights are 0', () =>
    expect(shown([fine, fine], [0, 0], 0, [0, 1, 1]).trouble).toEqual({ because: 'weightless' }));

  const elsewhere: Trouble = { because: 'nothing-elsewhere', row: 1 };
  const target: Trouble = { because: 'nothing-for-target', row: 1 };
  const printed = { kind: 'probabilities', decimals: 4, rounding: 0.00005 } as const;

  it('is the rounding of what was printed, not a logit nobody has seen', () => {
    for (const trouble of [elsewhere, target]) {
      const words = troubleWords(trouble, printed);
      expect(words).toMatch(/printed as 0; with 4 decimals, that can be anything up to 0\.00005\./);
      expect(words).toMatch(/Print the logits, or more digits\.$/);
      expect(words).not.toContain('−∞');
    }
    expect(troubleWords(target, { ...printed, decimals: 1, rounding: 0.05 })).toContain(
      'with 1 decimal, that can be anything up to 0.05.',
    );
  });

  it('is a row of nothing but −∞, too, where the softmax isn’t a number', () => {
    const { trouble } = shown([fine, [NONE, NONE, NONE]], [0, 1], 0.1);
    expect(trouble).toEqual({ because: 'not-a-number', row: 1 });
    expect(troubleWords(trouble!, { ...printed, kind: 'logits' })).toBe(
      'Row 1 is the first with a logit of NaN or +∞, or with only logits of −∞, so the whole loss is NaN.',
    );
  });

  it('is what the row has, once its logits are known', () => {
    const { trouble } = shown([fine, [NONE, NONE, NONE]], [0, 1], 0.1);
    const words = (...logits: number[]) =>
      troubleWords(trouble!, { ...printed, kind: 'logits' }, { logits: Float64Array.from(logits) });
    expect(words(1, Number.NaN, Number.POSITIVE_INFINITY)).toBe(
      'Row 1 has a logit of NaN, so the whole loss is NaN.',
    );
    expect(words(1, Number.POSITIVE_INFINITY, NONE)).toBe(
      'Row 1 has a logit of +∞, so the whole loss is NaN.',
    );
    expect(words(NONE, NONE, NONE)).toBe('Row 1 has only logits of −∞, so the whole loss is NaN.');
    // With a sigmoid for each class, or a weight of 0, one of them is enough.
    expect(words(1, NONE, 2)).toBe('Row 1 has a logit of −∞, so the whole loss is NaN.');
  });

  it('is a probability of 0 where that is what the source says, and a logit of −∞ where it has logits', () => {
    const exact = { ...printed, rounding: 0 };
    for (const trouble of [elsewhere, target]) {
      expect(troubleWords(trouble, exact)).toMatch(/probability of 0/);
      expect(troubleWords(trouble, exact)).not.toMatch(/−∞|printed/);
    }
    expect(troubleWords(elsewhere, { ...printed, kind: 'logits' })).toMatch(/^Row 1 has a logit of −∞\./);
  });
});
