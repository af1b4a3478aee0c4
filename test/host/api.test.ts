import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { extensions } from 'vscode';
import type { SmoothLabelsApi } from '../../src/host/api.ts';
import type { LossRequest } from '../../src/host/computeLoss.ts';

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
    const result = await api.computeLoss({ logits, targets: [2], labelSmoothing: 0.1 });
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
    assert.deepEqual(result.targets.shape, [1, 5]);
    for (const [k, q] of [0.02, 0.02, 0.92, 0.02, 0.02].entries()) near(result.targets.data[k]!, q);
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
    const binary = await api.computeLoss({ ...row, convention: 'BINARY_HALF' });
    near(binary.targets.data[2]!, 0.95);
    near(binary.targets.data[0]!, 0.05);
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

  it('keeps what isn’t finite', async () => {
    const { loss } = await api.computeLoss({
      logits: [[0, Number.NEGATIVE_INFINITY]],
      targets: [0],
      labelSmoothing: 0.1,
    });
    assert.equal(loss, Number.POSITIVE_INFINITY);
  });

  const wrong: [string, Partial<Record<keyof LossRequest, unknown>>, RegExp][] = [
    [
      'α above 1',
      { labelSmoothing: 1.5 },
      /^labelSmoothing: 1.5 is not between 0 and 1; PyTorch raises RuntimeError at the first forward; Keras applies it$/,
    ],
    [
      'α an API doesn’t take',
      { api: 'mlx', labelSmoothing: 1 },
      /^labelSmoothing: 1 is outside \[0, 1\); MLX raises ValueError at the first forward$/,
    ],
    ['an unknown API', { api: 'torch.Loss' }, /^api: “torch.Loss” is not known; docs\/semantics.md lists/],
    ['an unknown convention', { convention: 'K' }, /^convention: “K” is none of UNIFORM_K, UNIFORM_OTHERS, /],
    ['a loss without smoothing', { api: 'torch.BCELoss' }, /^api: torch.BCELoss has no label smoothing$/],
    [
      'an API of two conventions',
      { api: 'sockeye' },
      /^convention: sockeye has UNIFORM_K, UNIFORM_OTHERS, say which: --label-smoothing-impl/,
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
      /^targets: shape \(2\) doesn’t fit logits of shape \(1, 2\)/,
    ],
    ['weights of another number', { weight: [1] }, /^weight: 1 weights for 2 classes/],
    ['ragged logits', { logits: [[1, 2], [3]] }, /^logits: at \[1\] there are 1 values, elsewhere 2/],
    ['logits that aren’t numbers', { logits: 'many' }, /^logits: as a whole there should be a number/],
    ['an unknown reduction', { reduction: 'max' }, /^reduction: "max" is not/],
  ];
  for (const [what, part, message] of wrong) {
    it(`refuses ${what} and names the argument`, async () => {
      const request = { logits: [[1, 2]], targets: [0], ...part } as LossRequest;
      await assert.rejects(api.computeLoss(request), { message });
    });
  }
});
