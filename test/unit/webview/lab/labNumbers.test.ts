import { expect, it } from 'vitest';
import { changeText, figureText, pairDigits } from '../../../../src/webview/lab/words/labNumbers.ts';

it('figures have one more digit where the change between them wouldn’t be true as it’s read', () => {
  // With 4 decimals 0.9061 − 0.0002 would be 0.9060.
  const [without, smoothed] = [0.90614, 0.90596];
  const digits = pairDigits('nllScaled', [without, smoothed]);
  expect(figureText('nllScaled', without, digits)).toBe('0.90614');
  expect(figureText('nllScaled', smoothed, digits)).toBe('0.90596');
  expect(changeText('nllScaled', smoothed - without)).toBe('−0.0002');
  // Shares add up in percent: 93.3 % − 4.5 points.
  expect(pairDigits('accuracy', [0.84247, 0.83764])).toBe(2);
  expect(pairDigits('accuracy', [0.933, 0.888])).toBe(1);
  expect(pairDigits('accuracy', [Number.NaN, 0.888])).toBe(1);
});

it('calibration errors have as many decimals before temperature scaling as after it', () => {
  const pairs = [
    ['ece', 0.0336, 0.1363],
    ['eceScaled', 0.02394, 0.01898],
  ] as const;
  const shown = pairs.map(([figure, ...pair]) =>
    pair.map((value) => figureText(figure, value, pairDigits(figure, pair))),
  );
  expect(shown).toEqual([
    ['0.0336', '0.1363'],
    ['0.0239', '0.0190'],
  ]);
  expect(changeText('eceScaled', 0.01898 - 0.02394)).toBe('−0.005');
});
