import { expect, test } from 'vitest';
import { packagedFiles } from '../package.ts';

test('the package has what the extension needs, and nothing else', async () => {
  expect(await packagedFiles()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'ThirdPartyNotices.txt',
    'dist/analysis.js',
    'dist/analysis.web.js',
    'dist/engine.js',
    'dist/engine.web.js',
    'dist/extension.js',
    'dist/extension.web.js',
    'dist/features.js',
    'dist/features.web.js',
    'dist/kernel-shared-plain.wasm',
    'dist/kernel-shared-relaxed.wasm',
    'dist/panel-chunk.js',
    'dist/panel-tabViews.js',
    'dist/panel.css',
    'dist/panel.js',
    'media/icon.png',
    'media/logits.schema.json',
    'media/samples/digits.logits.json',
    'media/samples/label-smoothing.ipynb',
    'media/samples/running-example.logits.json',
    'package.json',
  ]);
});
