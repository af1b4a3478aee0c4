import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { expect, it } from 'vitest';
import { loadTfjs } from '../../../../src/engine/tfjs/load.node.ts';
import { layoutOf } from '../../../../src/loss/layout.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/spec.ts';
import { finish } from '../../../../src/loss/work.ts';
import { ROOT } from '../../../vscode/paths.ts';

const ENGINE = join(ROOT, 'dist', 'engine.js');

it('loads the bundle next to the engine, which measures and trains', () => {
  const kernel = readFileSync(join(ROOT, 'dist', 'kernel', 'private-plain.wasm'));
  const { tf, smoothedCrossEntropy, measureWork } = loadTfjs(ENGINE, kernel, false);
  expect(loadTfjs(ENGINE, kernel, false).tf).toBe(tf);
  const logits = Float32Array.of(0, 0, Math.log(46), 0, 0);
  const rows = { values: logits, layout: layoutOf([1, 5], 1) };
  const targets = { kind: 'indices' as const, values: Int32Array.of(2) };
  const { hard, uniform } = finish(measureWork(rows, targets, DEFAULT_SPEC));
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
  for (const name of ['engine', 'extension', 'extension.web'])
    expect(readFileSync(join(ROOT, 'dist', `${name}.js`), 'utf8')).not.toContain('tfjs-backend-cpu');
  expect(readFileSync(join(ROOT, 'dist', 'tfjs.js'), 'utf8')).toContain('tfjs-backend-cpu');
});

/** As in `esbuild.js`. */
const webTwins: Plugin = {
  name: 'web-twins',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\.node\.ts$/ }, ({ path, kind, resolveDir }) =>
      resolve(path.replace(/\.node\.ts$/, '.web.ts'), { kind, resolveDir }),
    );
  },
};

it('can be bundled for a browser, where it runs when it is asked for', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { loadTfjs } from './load.node.ts'; globalThis.load = loadTfjs;",
      resolveDir: join(ROOT, 'src', 'engine', 'tfjs'),
    },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    plugins: [webTwins],
  });
  // What a web worker has of that which tfjs looks for; nothing of Node's.
  const context = createContext({ performance, setTimeout, TextEncoder, TextDecoder, WebAssembly, URL });
  runInContext(
    'var self = globalThis; var navigator = {}; var location = {}; var WorkerGlobalScope = class {};',
    context,
  );
  runInContext(outputFiles[0]!.text, context);
  expect(runInContext('typeof _tfengine', context)).toBe('undefined');
  const loss: unknown = runInContext(
    `const { tf, smoothedCrossEntropy } = load('', undefined, false);
    const logits = tf.tensor2d([[0, 0, Math.log(46), 0, 0]]);
    smoothedCrossEntropy(logits, tf.tensor1d([2], 'int32'), { labelSmoothing: 0.1 }).dataSync()[0]`,
    context,
  );
  expect(loss).toBeCloseTo(0.389673, 6);
});
