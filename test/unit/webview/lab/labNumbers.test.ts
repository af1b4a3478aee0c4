import { expect, it } from 'vitest';
import { changeText, figureText, pairDigits } from '../../../../src/webview/lab/words/labNumbers.ts';

it('figures have one more digit where the change between them wouldn’t be true as it’s read', () => {
  // With 4 decimals 0.0239 − 0.0050 would be 0.0190.
  const [without, smoothed] = [0.023943, 0.01898];
  const digits = pairDigits('eceScaled', [without, smoothed]);
  expect(figureText('eceScaled', without, digits)).toBe('0.02394');
  expect(figureText('eceScaled', smoothed, digits)).toBe('0.01898');
  expect(changeText('eceScaled', smoothed - without)).toBe('−0.0050');
  // Shares add up in percent: 93.3 % − 4.5 points.
  expect(pairDigits('accuracy', [0.84247, 0.83764])).toBe(2);
  expect(pairDigits('accuracy', [0.933, 0.888])).toBe(1);
  expect(pairDigits('accuracy', [Number.NaN, 0.888])).toBe(1);
});
