import { describe, expect, it } from 'vitest';
import { isFirstUnnamed } from '../../../../src/readers/printed/names/printedNames.ts';
import { batchOf, reference, tensorIn, tensorsIn, textAt } from './read.ts';

const MATRIX = 'tensor([[1.5, 2.5], [3.5, 4.5]])';
const names = (text: string) => tensorsIn(text).map(({ name }) => name);
const numbers = (text: string) => [...batchOf(text).values];

describe('several tensors in one text', () => {
  it('are found in their order, with shape, type and place', () => {
    const text = `logits ${MATRIX}\nlabels tensor([1, 0]) loss tensor(0.25)\n[[1. 2.]\n [3. 4.]]`;
    const found = tensorsIn(text).map(({ name, shape, type }) => [name, shape, type]);
    expect(found).toEqual([
      ['logits', [2, 2], 'float32'],
      ['labels', [2], 'int64'],
      ['array 3', [2, 2], 'float'],
    ]);
    expect(tensorsIn(text).map((each) => textAt(text, each))).toEqual([
      MATRIX,
      'tensor([1, 0])',
      '[[1. 2.]\n [3. 4.]]',
    ]);
  });

  it('have names that differ', () => {
    expect(names('x = tensor([1., 2.])\nx = tensor([3., 4.])\narray([1., 2.])')).toEqual([
      'x',
      'x (2)',
      'array 3',
    ]);
  });

  it('in an output of a model, by its fields', () => {
    const text = `SequenceClassifierOutput(loss=tensor(0.5), logits=tensor([[1.5, 2.5]], grad_fn=<AddmmBackward0>), hidden_states=None)`;
    expect(tensorsIn(text).map(({ name, shape }) => [name, shape])).toEqual([['logits', [1, 2]]]);
  });

  it('in a dictionary, by its keys', () => {
    expect(names(`{'logits': ${MATRIX}, "class labels": tensor([1, 0])}`)).toEqual([
      'logits',
      'class labels',
    ]);
    expect(names(`OrderedDict([('fc.weight', ${MATRIX})])`)).toEqual(['fc.weight']);
  });
});

it('a name that only counts the first tensor is told from one that a person gave', () => {
  const [first] = names(MATRIX);
  expect([first!, 'tensor 2', 'my tensor 1', 'x'].map(isFirstUnnamed)).toEqual([true, false, false, false]);
});

describe('a name is', () => {
  it.each([
    [`logits = ${MATRIX}`, 'logits'],
    [`val logits: ${MATRIX}`, 'val logits'],
    [`true class labels: ${MATRIX}`, 'true class labels'],
    [`Net inputs (logits): ${MATRIX}`, 'Net inputs (logits)'],
    [`[INFO] step 3 logits: ${MATRIX}`, 'logits'],
    [`batch["labels"]: ${MATRIX}`, 'labels'],
    [`history['loss'] = ${MATRIX}`, 'loss'],
    [`student logits\n${MATRIX}`, 'student logits'],
    [`> out\n${MATRIX}`, 'out'],
    [`julia> z = m(x)\n${MATRIX}`, 'z'],
    [`F.cross_entropy(torch.${MATRIX})`, 'input'],
    [`self.logits=${MATRIX}`, 'self.logits'],
    [`Logits:\n${MATRIX}`, 'Logits'],
    [`>>> logits\n${MATRIX}`, 'logits'],
    [`In [3]: print(logits)\n${MATRIX}`, 'logits'],
    [`Out[3]: ${MATRIX}`, 'Out[3]'],
    [`Out[3]: \n${MATRIX}`, 'Out[3]'],
    [`логиты -> ${MATRIX}`, 'логиты'],
    [`logits = torch.${MATRIX}`, 'logits'],
    [`logits = tf.constant([[1.5, 2.5]])`, 'logits'],
    [`torch.Size([2, 2]) ${MATRIX}`, 'tensor 1'],
    [`return ${MATRIX}`, 'tensor 1'],
    [`0.5 ${MATRIX}`, 'tensor 1'],
    [`done\n${MATRIX}`, 'tensor 1'],
    [`a  b\n0.1\n\n${MATRIX}`, 'tensor 1'],
  ])('in %j: %s', (text, name) => expect(tensorIn(text).name).toBe(name));
});

describe('a tensor is read', () => {
  it.each([
    ['with Windows line ends', 'array([[1., 2.],\r\n       [3., 4.]])\r\n', [1, 2, 3, 4]],
    ['after emoji', '😀 [[1. 2.]\n [3. 4.]]', [1, 2, 3, 4]],
    [
      'with a factor',
      'tensor(1.00000e+03 *\n       [[ 0.0010,  1.0000],\n        [-2.0000,  0.5000]])',
      [1, 1000, -2000, 500],
    ],
    ['with a factor on the line before', '1.0e-02 *\n[[ 1.5 -2.5]]', [0.015, -0.025].map(Math.fround)],
    ['from tuples', '((1.5, 2), (3, 4))', [1.5, 2, 3, 4]],
    [
      'from tuples in a list, with nan',
      'rows = [(1.5, nan), (-inf, 4),]',
      [1.5, Number.NaN, Number.NEGATIVE_INFINITY, 4],
    ],
    ['from lists with comments', 'rows = [\n [1.5, 2], # cat\n [3, 4.],\n]', [1.5, 2, 3, 4]],
    ['from scalars of NumPy 2', '[np.float32(1.5), np.float32(-2.25)]', [1.5, -2.25]],
    ['where points have no digits', 'x = [[.5, 1.], [-.25, 2.]]', [0.5, 1, -0.25, 2]],
    [
      'from a quantized tensor',
      'tensor([1.5, -2.5], size=(2,), dtype=torch.qint8, quantization_scheme=torch.per_tensor_affine, scale=0.5, zero_point=0)',
      [1.5, -2.5],
    ],
  ])('%s', (_, text, values) => expect(numbers(text)).toEqual(values));

  it('in rows that are where they are, whatever a terminal is told before them', () => {
    const text = '\u001b[1m   cat  dog\u001b[0m  label\n0  1.5  2.5      1\n1  3.5  4.5      0\n';
    const { spans, targets } = batchOf(text);
    expect(targets).toMatchObject({ values: Int32Array.of(1, 0) });
    expect(textAt(text, { start: spans[2]!, end: spans[3]! })).toBe('1  3.5  4.5      0');
  });

  it('without the colours of a terminal, which may stand anywhere, and with its place among them', () => {
    const text =
      'x\u001b[0m \u001b[1;35mtensor\u001b[0m\u001b[1m(\u001b[0m[[\u001b[36m1.\u001b[0me-03\u001b[0m, 2],\n [\u001b]8;;http://x\u0007-3\u001b[m, 4]]\u001b[1m)\u001b[0m\u001b[0m end';
    const tensor = tensorIn(text);
    expect(numbers(text)).toEqual([Math.fround(0.001), 2, -3, 4]);
    expect(textAt(text, tensor)).toBe(text.slice(text.indexOf('tensor'), text.indexOf(')') + 1));
    const { spans } = batchOf(text);
    expect(textAt(text, { start: spans[2]!, end: spans[3]! })).toBe(
      '[\u001b]8;;http://x\u0007-3\u001b[m, 4]',
    );
  });

  it('with half a unit of its last digit', () => {
    const rounding = (text: string) => tensorIn(text).rounding;
    expect(rounding('tensor([1.2345, 10.0000])')).toBe(0.00005);
    expect(rounding('tensor([1.2345e+03, 1.0000e-05])')).toBeCloseTo(0.05, 15);
    expect(rounding('tensor([1.2345e-03, 0.0000e+00])')).toBeCloseTo(5e-8, 20);
    expect(rounding('tensor([1.2345e+999, 1.25])')).toBe(0.005);
    expect(rounding('1.0e+03 *\n[[ 0.123 -2.5]]')).toBeCloseTo(0.5, 15);
    expect(rounding('torch.tensor([1.2345, 10.0000])')).toBe(0);
    expect(rounding('[[1.2345, 10.0000]]')).toBe(0);
    expect(rounding('tensor([1., 2.])')).toBe(0);
  });
});

describe('what is wrong with a tensor', () => {
  it.each([
    ['tensor([[1., 2.], [3.]])', { reason: 'ragged', row: 1, found: 1, expected: 2, offset: 18 }],
    ['array([[1., 2.], [3. 4.]])', { reason: 'syntax', expected: 'comma', found: '4.' }],
    ['tensor([[1., x2], [3., 4.]])', { reason: 'not-a-number', found: 'x2' }],
    ['tensor([[1., 2.], [3.', { reason: 'truncated', openedAt: 18 }],
    ['[[ 1.  2.]\n [ 3.', { reason: 'truncated', openedAt: 12 }],
    ['[[ 1.  2.]\n [ 3.]]', { reason: 'ragged', row: 1, found: 1, expected: 2 }],
    ['array([1.+2.j, 2.-1.j])', { reason: 'not-a-number', found: '+2.j' }],
    ['[[1, 2], [3, x]]', { reason: 'not-a-number', found: 'x' }],
    ['np.array([[1., 2.], [x, 3.]])', { reason: 'not-a-number', found: 'x' }],
    ['tensor([[ 0.1127, -0.8034,  2.5...49],\n [1., 2., 3.]])', { reason: 'cut', found: '2.5...49' }],
    ['tensor([[ 0.1..., 1.3390]])', { reason: 'cut', found: '0.1...' }],
  ])('%j', (text, problem) => expect(tensorIn(text).content).toMatchObject({ kind: 'flawed', problem }));

  it.each(
    reference<{ title: string; text: string; printer: string }>('summarised').map(
      (each) => [each.title, each] as const,
    ),
  )('it was printed in part: %s', (_, { text, printer }) => {
    const { content } = tensorIn(text);
    expect(content).toMatchObject({ kind: 'flawed', problem: { reason: 'summarised', printer } });
    if (content.kind !== 'flawed') return;
    const { offset } = content.problem;
    expect(textAt(text, { start: offset, end: offset + 2 })).toBe('..');
  });
});

describe('no tensor is', () => {
  it.each([
    'tensor(0.25)',
    'torch.Size([3, 5])',
    'Tensor(shape=(3, 5), dtype=float32)',
    'x[0, 1] + f(1, 2) + g()[1, 2]',
    'Epoch [1/10] [2024-11-25 10:00:00] [ 50%]',
    '[5]',
    '[x for x in (a, b)]',
    "['a', 'b']",
    'array([name, 2])',
    'tensor([], size=(0, 3))',
    'epoch 1 loss 0.5 acc 0.9\nepoch 2 loss 0.3 acc 0.8',
    'a line of words\nand 1 of others',
    '<table><tr><td>text</td></tr></table>',
    '<b>[bold]</b> a < b',
    '| a | b |\n|---|---|\n| x | y |',
  ])('%j', (text) => expect(tensorsIn(text)).toEqual([]));
});
