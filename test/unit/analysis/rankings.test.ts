import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Evidence, guessed, Rankings } from '../../../src/analysis/classes/classEvidence.ts';

const place = { span: { from: 0, to: 0 }, line: 0 };
const evidence = fc
  .record({ value: fc.integer({ min: 2, max: 6 }), weight: fc.nat(5), name: fc.string({ maxLength: 3 }) })
  .map((each): Evidence => ({ ...each, by: 'count', place, token: null }));
const texts = fc.array(fc.array(evidence, { maxLength: 4 }), { minLength: 1, maxLength: 8 });

/** The same by adding up all there is, from the nearest on. */
function added(all: readonly Evidence[]) {
  const totals = new Map<number, { total: number; best: Evidence }>();
  for (const each of all) {
    const known = totals.get(each.value);
    const best = !known || each.weight > known.best.weight ? each : known.best;
    totals.set(each.value, { total: (known?.total ?? 0) + each.weight, best });
  }
  const [first] = [...totals.values()].sort((a, b) => b.total - a.total);
  return first && [first.best.value, first.best.name, totals.size > 1 ? 'weak' : 'likely'];
}

it('the likeliest K is that of all evidence added up, whatever was forgotten before', () => {
  fc.assert(
    fc.property(texts, texts, fc.nat(8), fc.array(evidence, { maxLength: 4 }), (first, then, kept, near) => {
      const rankings = new Rankings();
      for (const text of first) rankings.add(text);
      rankings.truncate(kept);
      for (const text of then) rankings.add(text);
      const all = [...first.slice(0, kept), ...then];
      expect(rankings.length).toBe(all.length);
      for (const at of all.keys()) {
        const guess = rankings.guess(at, near);
        const expected = added([
          ...near,
          ...all
            .slice(0, at + 1)
            .toReversed()
            .flat(),
        ]);
        expect(guess ? [guess.value, guess.name, guess.sure] : undefined).toEqual(expected);
      }
    }),
    { numRuns: 2000 },
  );
});

it('without evidence there’s no K', () => expect(guessed([])).toBe(null));
