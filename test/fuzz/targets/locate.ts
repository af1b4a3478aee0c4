import { readText } from '../../../src/readers/readText.ts';
import { checkOutcome, outcomeOf } from '../properties.ts';
import { encode, type FuzzTarget } from '../target.ts';
import { JSON_SAMPLES, JSON_TOKENS, printedSamples } from './samples.ts';

const TEXTS = [
  'x = torch.tensor([[1.0, 2.0],\n  [3.0, 4.0]])  # it\'s a "test',
  '# Logits 😀\n\n```\n[1, 2]\n```\n',
  '{"a": {"logits": [1, 2]}, "b": [{"logits": [3, 4]}], "c": "[5, 6] \\" {"}',
];

/** What is around a cursor, at any place. */
export const locateTarget: FuzzTarget = {
  name: 'around a cursor',
  samples: [...TEXTS.map(encode), ...JSON_SAMPLES, ...printedSamples('torch').slice(0, 20)],
  tokens: [...JSON_TOKENS, 'tensor(', 'array('],
  *run(bytes) {
    // Anywhere, but always the same for the same input.
    const sum = bytes.reduce((total, byte) => (31 * total + byte) % 1_000_003, 7);
    let outcome = '';
    for (const offset of [0, bytes.length, sum % (bytes.length + 1)]) {
      const read = yield* readText(bytes, { offset });
      checkOutcome(read, bytes.length, (bytes.length + 1) / 2);
      outcome = outcomeOf(read);
    }
    return outcome;
  },
};
