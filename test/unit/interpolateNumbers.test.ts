import { scaleLinear } from 'd3-scale';
import fc from 'fast-check';
import { expect, it } from 'vitest';
// @ts-expect-error The build has no types.
import { interpolateNumber, interpolateRound } from '../../.build/interpolateNumbers.js';

const value = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
const share = fc.double({ noNaN: true, min: 0, max: 1 });

it('the bundled scales have the digits of d3', () => {
  fc.assert(
    fc.property(value, value, share, (a, b, t) => {
      expect(interpolateNumber(a, b)(t)).toBe(scaleLinear().range([a, b])(t));
      expect(interpolateRound(a, b)(t)).toBe(scaleLinear().rangeRound([a, b])(t));
    }),
  );
});
