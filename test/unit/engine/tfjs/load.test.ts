import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTfjs } from '../../../../src/engine/tfjs/loadTfjs.node.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { finish } from '../../../../src/loss/work.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { kernelModule } from '../kernel/builds.ts';

const ENGINE = join(ROOT, 'dist', 'engine.js');

it('loads the bundle next to the engine, which measures and trains', () => {
  const kernel = kernelModule('private-plain');
  const { tf, smoothedCrossEntropy, measure } = loadTfjs(ENGINE, kernel, false);
  expect(loadTfjs(ENGINE, kernel, false).tf).toBe(tf);
  const logits = Float32Array.of(0, 0, Math.log(46), 0, 0);
  const rows = { values: logits, layout: layoutOf([1, 5], 1) };
  const targets = { kind: 'indices' as const, values: Int32Array.of(2) };
  const { hard, uniform } = finish(measure(rows, targets, DEFAULT_SPEC));
  expect(0.9 * hard[0]! + 0.1 * uniform[0]!).toBeCloseTo(0.389673, 6);
  expect(tf.getBackend()).toBe('cpu');

  const z = tf.variable(tf.zeros([1, 5]));
  const labels = tf.tensor1d([2], 'int32');
  const optimizer = tf.train.adam(0.1);
  const step = () =>
    optimizer
      .minimize(() => smoothedCrossEntropy(z, labels, { labelSmoothing: 0.1 }) as never, true)!
      .dataSync()[0]!;
  expect(step()).toBeCloseTo(Math.log(5), 6);
  for (let i = 0; i < 200; i++) step();
  expect(step()).toBeCloseTo(0.389673, 3);
});

it('keeps tfjs out of the engine and of the extension', () => {
  for (const name of ['engine', 'engine.web', 'extension', 'extension.web'])
    expect(readFileSync(join(ROOT, 'dist', `${name}.js`), 'utf8')).not.toContain('tfjs-backend-cpu');
  expect(readFileSync(join(ROOT, 'dist', 'tfjs.js'), 'utf8')).toContain('tfjs-backend-cpu');
});
