import { readJson } from '../../../src/readers/json/readJson.ts';
import { checkOutcome, outcomeOf } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';
import { JSON_TOKENS } from './samples.ts';

const SETTINGS: readonly string[] = [
  '"class_names": ["a", "b"]',
  '"num_classes": 2',
  '"weight": [1, 2.5]',
  '"ignore_index": -1',
  '"label_smoothing": 0.1',
  '"alpha": 1',
  '"reduction": "none"',
  '"targets": [1, 0]',
  '"targets": ["a", "b"]',
  '"names": [1, 2]',
];

const SAMPLES = SETTINGS.map((setting, i) => {
  const other = SETTINGS[(3 * i + 1) % SETTINGS.length];
  return encode(`{"logits": [[1, 2], [3, 4]], ${setting}, ${other}}`);
});

/** What a JSON object says besides its logits. */
export const settingsTarget: FuzzTarget = {
  name: 'settings',
  samples: SAMPLES,
  tokens: [...JSON_TOKENS, ...SETTINGS, ...SETTINGS.map((setting) => `, ${setting}`)],
  *run(bytes) {
    const read = yield* readJson(bytes);
    checkOutcome(read, bytes.length, (bytes.length + 1) / 2);
    if (read.ok) {
      const { labelSmoothing: alpha, weight, ignoreIndex } = read.value.declared;
      expectThat(alpha === null || (alpha >= 0 && alpha <= 1), () => `α ${alpha}`);
      expectThat(ignoreIndex === null || Number.isInteger(ignoreIndex), () => `ignored ${ignoreIndex}`);
      const isWeight = (each: number) => each >= 0 && Number.isFinite(each);
      expectThat(weight === null || weight.every(isWeight), () => `Weights ${weight}`);
    }
    return outcomeOf(read);
  },
};
