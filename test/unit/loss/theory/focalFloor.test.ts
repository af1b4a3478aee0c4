import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossEntropyGradient } from '../../../../src/loss/batch/crossEntropy.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { binaryFocalCost, focalCost } from '../../../../src/loss/rows/probabilityCosts.ts';
import { compute } from '../inputs.ts';

const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe('focal losses', () => {
  it('are a plain loss with balance 1 and gamma 0', () => {
    fc.assert(
      fc.property(probability, probability, (p, q) => {
        expect(focalCost(-Math.log(p), { balance: 1, gamma: 0 })).toBeCloseTo(-Math.log(p), 12);
        const bce = -(q * Math.log(p) + (1 - q) * Math.log(1 - p));
        expect(binaryFocalCost(p, q, 0)).toBeCloseTo(bce, 12);
      }),
    );
  });

  it('make little of what is certain: (1 − p)^γ', () => {
    const focal = { balance: 0.25, gamma: 2 };
    expect(focalCost(-Math.log(0.9), focal)).toBeCloseTo(0.25 * 0.01 * -Math.log(0.9), 12);
    expect(binaryFocalCost(0.9, 1, 2)).toBeCloseTo(0.01 * -Math.log(0.9), 12);
  });

  it('binary: a half-smoothed target of ½ has the factor ¼ everywhere', () => {
    fc.assert(
      fc.property(probability, (p) => {
        expect(binaryFocalCost(p, 0.5, 2)).toBeCloseTo(-0.125 * (Math.log(p) + Math.log(1 - p)), 12);
      }),
    );
  });

  const focal = { balance: 0.25, gamma: 2 };
  const targets = { data: Int32Array.of(1, 0), shape: [2] };
  const logits = fc
    .array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 8, maxLength: 8 })
    .map((values) => ({ data: Float64Array.from(values), shape: [2, 4] }));
  const alpha = fc.double({ min: 0, max: 0.5, noNaN: true });

  it('are never under their floor, and reach it', () => {
    fc.assert(
      fc.property(logits, alpha, (z, labelSmoothing) => {
        expect(compute({ logits: z, targets, focal, labelSmoothing }).excess).toBeGreaterThan(-1e-12);
      }),
    );
    const at = (gap: number) =>
      compute({
        logits: { data: Float64Array.of(gap, 0, 0, 0), shape: [1, 4] },
        targets: { data: Int32Array.of(0), shape: [1] },
        focal,
        labelSmoothing: 0.1,
      }).excess;
    const least = Math.min(...Array.from({ length: 2000 }, (_, i) => at(i / 200)));
    expect(least).toBeLessThan(1e-7);
  });

  it('have the gradient that finite differences have', () => {
    fc.assert(
      fc.property(logits, alpha, (z, labelSmoothing) => {
        const input = { ...DEFAULT_SPEC, logits: z, targets, focal, labelSmoothing };
        crossEntropyGradient(input).forEach((g, i) => {
          const moved = (by: number) => {
            const data = z.data.slice();
            data[i]! += by;
            return compute({ ...input, logits: { data, shape: z.shape } }).loss as number;
          };
          expect(g).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 7);
        });
      }),
    );
  });
});
