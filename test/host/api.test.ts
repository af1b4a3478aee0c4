import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { extensions } from 'vscode';
import type { LossRequest } from '../../src/answers/computeLoss.ts';
import type { SmoothLabelsApi } from '../../src/host/api/publicApi.ts';
import { TENSORS, TOO_LARGE } from '../fixtures/wrongTensors.ts';

describe('the API for other extensions', () => {
  let api: SmoothLabelsApi;
  before(async () => {
    api = await extensions.getExtension<SmoothLabelsApi>('smooth-labels.smooth-labels')!.activate();
  });

  const near = (found: number, expected: number) =>
    assert.ok(Math.abs(found - expected) < 1e-12, `${found} instead of ${expected}`);

  it('is version 1', () => assert.equal(api.version, 1));

  it('computes the running example', async () => {
    const logits = [[0, 0, Math.log(46), 0, 0]];
    const result = await api.computeLoss({ logits, targets: [2], labelSmoothing: 0.1, withTargets: true });
    const floor = -(0.92 * Math.log(0.92) + 0.08 * Math.log(0.02));
    near(floor, 0.389672920658179);
    near(result.loss as number, floor);
    near(result.floor, floor);
    near(result.excess, 0);
    near(result.onValue, 0.92);
    assert.equal(result.offValue, 0.02);
    assert.equal(result.accuracy, 1);
    assert.deepEqual(Object.keys(result).sort(), [
      'accuracy',
      'excess',
      'floor',
      'loss',
      'offValue',
      'onValue',
      'rows',
      'targets',
    ]);
    assert.deepEqual(result.targets!.shape, [1, 5]);
    for (const [k, q] of [0.02, 0.02, 0.92, 0.02, 0.02].entries()) near(result.targets!.data[k]!, q);
  });

  it('makes no targets unless they’re asked for', async () => {
    assert.equal((await api.computeLoss({ logits: [[0, 1]], targets: [1] })).targets, undefined);
  });

  it('takes probabilities as Keras does, and log-probabilities as they are', async () => {
    const row = { targets: [2], labelSmoothing: 0.1 };
    const p = [0.1, 0.2, 0.7];
    const expected = -(0.1 / 3) * (Math.log(0.1) + Math.log(0.2) + Math.log(0.7)) - 0.9 * Math.log(0.7);
    const keras = { ...row, targets: [[0, 0, 1]], api: 'keras.CategoricalCrossentropy' };
    const asGiven = await api.computeLoss({ ...keras, logits: [p], values: 'probabilities' });
    near(asGiven.loss as number, expected);
    const doubled = await api.computeLoss({
      ...keras,
      logits: [p.map((x) => x / 2)],
      values: 'probabilities',
    });
    near(doubled.loss as number, expected);
    const logs = await api.computeLoss({ ...row, logits: [p.map(Math.log)], values: 'log-probabilities' });
    near(logs.loss as number, expected);
    await assert.rejects(api.computeLoss({ ...row, logits: [[2, 0, 0]], values: 'probabilities' }), {
      message: /^logits: 2 in row 0 isn’t a probability from 0 to 1$/,
    });
  });

  it('takes typed arrays, weights, an ignore index, and reduces as told', async () => {
    const request = {
      logits: { data: Float32Array.of(1, 2, 3, 4, 0, 0), shape: [3, 2] },
      targets: { data: Int32Array.of(0, 1, -1), shape: [3] },
      weight: [1, 3],
      ignoreIndex: -1,
    };
    const plain = Math.log(1 + Math.E);
    const { loss, rows } = await api.computeLoss(request);
    near(loss as number, (plain + 3 * (plain - 1)) / 4);
    near(rows[1]!, 3 * (plain - 1));
    assert.equal(rows[2], 0);
    const { loss: none } = await api.computeLoss({ ...request, reduction: 'none' });
    assert.deepEqual(none, rows);
  });

  it('takes one row without a batch, and probabilities as targets', async () => {
    near((await api.computeLoss({ logits: [0, 0], targets: 1 })).loss as number, Math.log(2));
    near((await api.computeLoss({ logits: [[0, 0]], targets: [[0.5, 0.5]] })).loss as number, Math.log(2));
  });

  it('reads α as a convention says', async () => {
    const row = { logits: [[0, 0, Math.log(36), 0, 0]], targets: [2], labelSmoothing: 0.1 };
    const result = await api.computeLoss({ ...row, convention: 'UNIFORM_OTHERS' });
    near(result.onValue, 0.9);
    near(result.offValue, 0.025);
    near(result.loss as number, result.floor);
    near(result.floor, 0.4637124095034373);
    const binary = await api.computeLoss({ ...row, convention: 'BINARY_HALF', withTargets: true });
    near(binary.targets!.data[2]!, 0.95);
    near(binary.targets!.data[0]!, 0.05);
  });

  it('computes as an API does: its default α, its denominator, its loss form', async () => {
    const rows = {
      logits: [
        [0, 0],
        [0, 0],
      ],
      targets: [0, -100],
    };
    near((await api.computeLoss({ ...rows, api: 'torch.CrossEntropyLoss.index' })).loss as number, Math.LN2);
    // All pixels count in the mean, ignored ones too.
    const smp = await api.computeLoss({ ...rows, api: 'smp.SoftCrossEntropyLoss', labelSmoothing: 0.1 });
    near(smp.loss as number, Math.LN2 / 2);
    const timm = await api.computeLoss({ ...rows, targets: [0, 1], api: 'timm.LabelSmoothingCrossEntropy' });
    near(timm.onValue, 0.95);
    const kl = await api.computeLoss({ ...rows, targets: [0, 1], api: 'espnet', labelSmoothing: 0.1 });
    near(kl.floor, 0);
  });

  it('takes many logits with their classes on another axis', async () => {
    const shape = [3, 1000, 100];
    const { loss, rows } = await api.computeLoss({
      logits: { data: new Float32Array(300_000), shape },
      targets: { data: new Int32Array(300).fill(7), shape: [3, 100] },
      labelSmoothing: 0.1,
    });
    assert.ok(Math.abs((loss as number) - Math.log(1000)) < 1e-6, String(loss));
    assert.equal(rows.length, 300);
  });

  it('ignores rows by an index that is no int32', async () => {
    const ignoreIndex = 4294967295;
    const request = { labelSmoothing: 0.1, ignoreIndex };
    const alone = await api.computeLoss({ ...request, logits: [[1, 3]], targets: [1] });
    const both = await api.computeLoss({
      ...request,
      logits: [
        [1, 3],
        [5, 2],
      ],
      targets: [1, ignoreIndex],
    });
    assert.equal(both.loss, alone.loss);
  });

  it('keeps what isn’t finite', async () => {
    const { loss } = await api.computeLoss({
      logits: [[0, Number.NEGATIVE_INFINITY]],
      targets: [0],
      labelSmoothing: 0.1,
    });
    assert.equal(loss, Number.POSITIVE_INFINITY);
  });

  const wrong: [string, Readonly<Record<string, unknown>>, RegExp][] = [
    [
      'α above 1',
      { labelSmoothing: 1.5 },
      /^labelSmoothing: 1.5 isn’t between 0 and 1; PyTorch raises RuntimeError on the first forward pass; Keras uses it anyway$/,
    ],
    [
      'α an API doesn’t take',
      { api: 'mlx', labelSmoothing: 1 },
      /^labelSmoothing: 1 is outside \[0, 1\); MLX raises ValueError on the first forward pass$/,
    ],
    ['an unknown API', { api: 'torch.Loss' }, /^api: unknown API “torch.Loss”; docs\/semantics.md lists/],
    [
      'an unknown convention',
      { convention: 'K' },
      /^convention: “K” isn’t a convention; expected one of UNIFORM_K, UNIFORM_OTHERS, /,
    ],
    ['a loss without smoothing', { api: 'torch.BCELoss' }, /^api: torch.BCELoss has no label smoothing$/],
    [
      'an API of two conventions',
      { api: 'sockeye' },
      /^convention: sockeye can use UNIFORM_K, UNIFORM_OTHERS; specify which: --label-smoothing-impl/,
    ],
    [
      'a padding class nobody named',
      { convention: 'PAD_EXCLUDED' },
      /^ignoreIndex: PAD_EXCLUDED needs the index of its padding class$/,
    ],
    ['a target that is no class', { targets: [7] }, /^targets: 7 in row 0 is outside 0…1/],
    [
      'targets of another number',
      { targets: [0, 1] },
      /^targets: shape \(2\) doesn’t match logits of shape \(1, 2\)/,
    ],
    ['weights of another number', { weight: [1] }, /^weight: expected 2 weights, one per class; found 1/],
    ['logits without classes', { logits: 1 }, /^logits: shape \(\) has no classes/],
    ['rows without classes', { logits: [[], []] }, /^logits: shape \(2, 0\) has no classes/],
    [
      'more classes than there is memory for',
      { logits: { data: new Float32Array(0), shape: [0, 2 ** 31 - 1] } },
      /^logits: there isn’t enough memory for shape \(0, 2147483647\)/,
    ],
    ['α that is NaN', { labelSmoothing: Number.NaN }, /^labelSmoothing: expected a number, found NaN$/],
    ['a target that is NaN', { targets: [Number.NaN] }, /^targets: NaN in row 0 isn’t a whole number/],
    [
      'an unknown reduction',
      { reduction: 'max' },
      /^reduction: expected “mean”, “sum” or “none”, found "max"$/,
    ],
    ['an API that is a number', { api: 5 }, /^api: expected a string, found 5$/],
    [
      'a convention that is a list',
      { convention: ['K'] },
      /^convention: expected a string, found an array of /,
    ],
    ['α as a string', { labelSmoothing: '0.1' }, /^labelSmoothing: expected a number, found "0.1"$/],
    ['α as a bigint', { labelSmoothing: 1n }, /^labelSmoothing: expected a number, found 1n$/],
    ['α as null', { labelSmoothing: null }, /^labelSmoothing: expected a number, found null$/],
    ['half an ignore index', { ignoreIndex: 0.5 }, /^ignoreIndex: expected a whole number, found 0.5$/],
    [
      'an ignore index that is NaN',
      { ignoreIndex: Number.NaN },
      /^ignoreIndex: expected a whole number, found NaN$/,
    ],
    ['a weight that is 0', { weight: 0 }, /^weight: expected an array of numbers, found 0$/],
    ['a weight that is an empty text', { weight: '' }, /^weight: expected an array of numbers, found ""$/],
    [
      'weights in rows',
      { weight: [[1, 2]] },
      /^weight: expected an array of numbers, found an array of length 1$/,
    ],
    ['weights as texts', { weight: ['1', '2'] }, /^weight: at \[0\]: expected a number, found "1"$/],
    [
      'a misspelt argument',
      { label_smoothing: 0.1 },
      /^label_smoothing: unknown argument; expected one of logits, /,
    ],
    ['a long unknown name', { api: 'x'.repeat(1e6) }, /^api: unknown API “x{60}…”/],
    [
      'logits whose sums overflow in an order it doesn’t know',
      { api: 'keras.CategoricalCrossentropy', labelSmoothing: 0.1, logits: [[1e308, -1e308]] },
      /^logits: these numbers are so large that their sums overflow/,
    ],
  ];
  for (const [what, part, message] of wrong) {
    it(`refuses ${what} and names the argument`, async () => {
      const request = { logits: [[1, 2]], targets: [0], ...part } as LossRequest;
      await assert.rejects(api.computeLoss(request), { message });
    });
  }

  for (const argument of ['logits', 'targets'] as const) {
    for (const { what, make, message } of [...TENSORS, ...TOO_LARGE]) {
      it(`refuses ${argument} ${what}, and says so of them`, async () => {
        const request = { logits: [[1, 2]], targets: [0], [argument]: make() } as LossRequest;
        await assert.rejects(api.computeLoss(request), (error: Error) => {
          assert.ok(error.message.startsWith(`${argument}: `), error.message.slice(0, 200));
          assert.match(error.message.slice(argument.length + 2), message);
          return true;
        });
      });
    }
  }

  for (const request of [undefined, null, 'logits', 7, [[1, 2]]]) {
    it(`refuses ${JSON.stringify(request)} as a request`, async () => {
      await assert.rejects(api.computeLoss(request as unknown as LossRequest), {
        message: /^request: expected an object with “logits” and “targets”, found /,
      });
    });
  }

  const texts: [argument: string, values: unknown[]][] = [
    ['text', [undefined, null, 1n, {}, Symbol('x'), ['a']]],
    ['languageId', [undefined, null, 5]],
    ['fileName', [null, 5, {}]],
  ];
  for (const [argument, values] of texts) {
    it(`refuses a ${argument} that isn’t a string`, async () => {
      for (const value of values) {
        const given = { text: '', languageId: 'python', fileName: 'x.py', [argument]: value };
        const { text, languageId, fileName } = given as Record<string, string>;
        await assert.rejects(api.findLossConfigs(text!, languageId!, fileName), {
          message: new RegExp(`^${argument}: expected a string, found `),
        });
      }
    });
  }
});
