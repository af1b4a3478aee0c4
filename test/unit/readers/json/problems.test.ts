import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readJson } from '../../../../src/readers/json/readJson.ts';
import { problemOf } from './read.ts';

describe('a problem says what and where', () => {
  it.each([
    [' \n ', { reason: 'empty' }],
    ['hello', { reason: 'syntax', found: 'hello', line: 0, character: 0 }],
    ['[[1, 2],\n [3 4]]', { reason: 'syntax', expected: 'comma', found: '4', line: 1, character: 4 }],
    ['[01, 2]', { reason: 'syntax', found: '01', character: 1 }],
    ['[1, 01]', { reason: 'syntax', expected: 'value', found: '01', character: 4 }],
    ['{logits: [1]}', { reason: 'syntax', expected: 'key', character: 1 }],
    ['{"logits" [1]}', { reason: 'syntax', expected: 'colon', character: 10 }],
    ['[[1, 2], [3', { reason: 'truncated', openedAt: 9 }],
    ['{"logits": [1, 2], "labe', { reason: 'truncated', openedAt: 0 }],
    ['['.repeat(1_000_000), { reason: 'too-deep', limit: 32, character: 32 }],
    ['{"loss": [1, 2], "step": 3}', { reason: 'losses', names: ['loss', 'step'] }],
    ['{"note": "x", "of": 3}', { reason: 'no-logits', keys: ['note', 'of'] }],
    ['["a", "b"]', { reason: 'no-logits' }],
    ['[[1, 2], [3, null]]', { reason: 'not-a-number', found: 'null', character: 13 }],
    ['{"logits": "many"}', { reason: 'not-a-number', found: '"many"' }],
    ['[]', { reason: 'no-classes' }],
    ['[[], []]', { reason: 'no-classes' }],
    ['[[1], [2]]', { reason: 'one-class' }],
    [
      '[[1, 2],\n[3, 4],\n[5, 6],\n[7, 8, 9]]',
      { reason: 'ragged', row: 3, found: 3, expected: 2, line: 3, character: 0 },
    ],
    ['[{"logits": [1, 2]}, {"logits": [3]}]', { reason: 'ragged', row: 1, found: 1, expected: 2 }],
    ['[[1, 2], 3]', { reason: 'mixed-depth', character: 9 }],
    ['{"logits": [[1, 2], [3, 4]], "targets": [0]}', { reason: 'target-count', found: 1, expected: 2 }],
    [
      '{"logits": [[1, 2]], "targets": [[0, 1, 2]]}',
      { reason: 'target-shape', found: [1, 3], shape: [1, 2] },
    ],
    [
      '{"logits": [[1, 2], [3, 4]], "targets": [0, 7]}',
      { reason: 'target-range', row: 1, found: 7, classes: 2 },
    ],
    ['{"logits": [[1, 2]], "targets": [0.5]}', { reason: 'target-fraction', row: 0, found: 0.5 }],
    [
      '{"logits": [[1, 2]], "targets": ["dog"], "classes": ["a", "b"]}',
      { reason: 'target-name', row: 0, found: 'dog' },
    ],
    ['[{"logits": [1, 2], "y": 0}, {"logits": [3, 4]}]', { reason: 'target-missing', row: 1, character: 29 }],
    ['{"logits": [[1, 2]], "class_names": ["a"]}', { reason: 'class-names', found: 1, expected: 2 }],
    ['{"logits": [[1, 2]], "num_classes": 3}', { reason: 'class-count', found: 3, expected: 2 }],
    ['{"logits": [[1, 2]], "weight": [1, 2, 3]}', { reason: 'weight-length', found: 3, expected: 2 }],
    [
      '{"logits": [[1, 2]], "alpha": 2}',
      { reason: 'bad-setting', key: 'alpha', found: '2', expected: 'zero-to-one' },
    ],
    [
      '{"logits": [[1, 2], [3, 4]], "targets": [0, 4294967295], "ignore_index": 4294967295}',
      { reason: 'bad-setting', key: 'ignore_index', found: '4294967295', expected: 'int32' },
    ],
    [
      '{"logits": [[1, 2], [3, 4]], "targets": [0, 4294967295], "ignore_index": -1}',
      { reason: 'target-range', row: 1, found: 4294967295, classes: 2 },
    ],
    ['{"logits": [[1, 2]], "ignore_index": 0.5}', { reason: 'bad-setting', expected: 'int32' }],
    ['{"logits": [[1, 2]], "reduction": "max"}', { reason: 'bad-setting', key: 'reduction', found: '"max"' }],
  ])('%.60s', (text, expected) => expect(problemOf(text)).toMatchObject(expected));
});

describe('nothing throws or hangs', () => {
  const whole = '{"class_names": ["a", "b"], "targets": [0, 1], "logits": [[1.5, -2e3], [NaN, 4]]}';

  it('for a text that ends too early, at any place', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(problemOf(whole.slice(0, length))?.reason, whole.slice(0, length)).toMatch(
        /^(empty|truncated)$/,
      );
    }
  });

  it('for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(finish(readJson(bytes)).ok).toBeTypeOf('boolean');
      }),
    );
  });

  it('for anything made of JSON’s own characters', () => {
    const tokens = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"',
      '1',
      '-',
      'e',
      '.',
      ' ',
      '\n',
      'NaN',
      '"logits"',
      '/*',
      '//',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 40 }), (parts) => {
        expect(finish(readJson(new TextEncoder().encode(parts.join('')))).ok).toBeTypeOf('boolean');
      }),
      { numRuns: 2000 },
    );
  });
});
