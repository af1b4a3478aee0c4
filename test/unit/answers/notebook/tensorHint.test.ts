import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasTensorHint, isDataFrame } from '../../../../src/answers/notebook/tensorHint.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a hint of a tensor', () => {
  test.each([
    ['PyTorch', 'tensor([[1.]])'],
    ['PyTorch, after its name', 'logits: tensor([2, 0])'],
    ['TensorFlow', '<tf.Tensor: shape=(1, 2), dtype=float32, numpy=\n…'],
    ['TensorFlow, printed', 'tf.Tensor(\n[[0.1 2.0]], shape=(1, 2), dtype=float32)'],
    ['JAX', 'Array([[0.1, 2.]], dtype=float32)'],
    ['NumPy, printed', '[[ 1.2 -0.3]\n [ 4.  .5]]'],
    ['a list', '[-1e-3, inf]'],
    ['a list of NumPy’s numbers', '[np.float32(0.5), np.float64(1.25)]'],
    ['colours in between', '\u001b[31m[\u001b[0m1.5, \u001b[32m2\u001b[0m]'],
    ['a link in between', '[\u001b]8;;http://x\u00071.5\u001b]8;;\u0007, 2]'],
    ['a table', '        cat       dog\n0  0.345584  0.821618\n'],
    ['a table of one column', '   label\n0      1\n1      0\n'],
    ['a series', '0    1\n1    0\nName: label, dtype: int64'],
    ['a data frame in HTML', '<table border="1" class="dataframe">'],
    ['an object', '{"logits": 1}'],
    ['lines by class', 'ant: 62.00%\nbee: 38.00%\n'],
    ['lines by class, as fractions', 'class 0: 1.25\r\nclass 1: -0.50\r\n'],
    ['logits by their numbers', 'logits[0] = 1.25\nlogits[1] = -0.50\n'],
    ['a map of Java', '{ant=0.62, bee=0.28, cow=0.1}'],
    ['a map of Go', 'map[ant:0.62 bee:0.28 cow:0.1]'],
    ['a map of Scala', 'Map(ant -> 0.62, bee -> 0.28)'],
    ['a dictionary', "{'ant': 0.62, 'bee': 0.28}"],
    ['a dictionary of Swift', '["ant": 0.62, "bee": 0.28]'],
    ['a hash of Ruby', '{"ant"=>0.62, :bee=>0.28}'],
    ['a table of psql', ' ant  | bee\n------+------\n 0.62 | 0.38\n'],
    ['Markdown', '| ant | bee |\n|---|---|\n| 0.62 | 0.38 |\n'],
  ])('is in %s', (_, text) => {
    expect(hasTensorHint(bytes(text))).toBe(true);
  });

  test.each([
    ['a log', 'step [20/60], loss 0.5582\nstep [40/60], loss 0.4882\n'],
    ['a progress bar', '100%|██████████| 60/60 [00:02<00:00, 25.31it/s]\n'],
    ['a number', '0.3897033929824829'],
    ['a figure', '<Figure size 640x480 with 1 Axes>'],
    ['names', "['zero', 'one', 'two']"],
    ['nothing', ''],
  ])('is not in %s', (_, text) => {
    expect(hasTensorHint(bytes(text))).toBe(false);
  });

  test('is seen at the end of a long log', () => {
    const log = 'step [20/60], loss 0.5582\n'.repeat(20_000);
    expect(hasTensorHint(bytes(`${log}tensor([[1., 2.]])`))).toBe(true);
    expect(hasTensorHint(bytes(log))).toBe(false);
  });

  test('is looked for in time in proportion to the text, whatever the text', () => {
    const unit = fc.constantFrom(
      '[',
      '(',
      ' ',
      '1',
      '.',
      '-',
      'e',
      ',',
      '\n',
      'x',
      'nan',
      'tensor',
      '\u001b[',
    );
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 3 }), (units) => {
        const text = bytes(units.join('').repeat(64 * 1024));
        const start = performance.now();
        hasTensorHint(text);
        expect(performance.now() - start).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

test('a data frame is told from other HTML', () => {
  expect(isDataFrame(bytes('<style>…</style><table border="1" class="dataframe">'))).toBe(true);
  expect(isDataFrame(bytes('<div class="plotly">[1, 2]</div>'))).toBe(false);
});
