import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { extensions } from 'vscode';
import type { LossRequest, SmoothLabelsApi } from '../../src/host/api.ts';

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
    ]);
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

  it('keeps what isn’t finite', async () => {
    const { loss } = await api.computeLoss({
      logits: [[0, Number.NEGATIVE_INFINITY]],
      targets: [0],
      labelSmoothing: 0.1,
    });
    assert.equal(loss, Number.POSITIVE_INFINITY);
  });

  const wrong: [string, Partial<Record<keyof LossRequest, unknown>>, RegExp][] = [
    ['α above 1', { labelSmoothing: 1.5 }, /^labelSmoothing: 1.5 is not between 0 and 1/],
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
