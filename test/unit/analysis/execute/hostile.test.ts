import { describe, expect, it } from 'vitest';
import { execute } from '../../../../src/analysis/python/execute/execute.ts';
import { finish } from '../../../../src/loss/work.ts';
import { threadMs } from '../../../fuzz/cost.ts';
import { definitionsIn, sourceOf } from './asked.ts';
import { HOSTILE, MORE_HOSTILE } from './hostileBodies.ts';

const HEAD =
  'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nimport numpy as np\nimport re, functools, itertools\n';

const [MOST_MS, MOST_BYTES] = [500, 50 * 2 ** 20];

function heldBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('hostile functions come to an end', () => {
  for (const [name, body] of Object.entries({ ...HOSTILE, ...MORE_HOSTILE })) {
    it(name, () => {
      const text = `${HEAD}def loss(z, y, smoothing=0.1):\n${body.replace(/^/gm, ' ')}\n`;
      const source = sourceOf(text);
      const node = definitionsIn(source).get('loss')!;
      // What is garbage but not collected yet counts: the least of three is what it took.
      let [milliseconds, bytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let i = 0; i < 3 && !(milliseconds < MOST_MS && bytes < MOST_BYTES); i++) {
        const [start, before] = [threadMs(), heldBytes()];
        const result = finish(execute({ source, node, given: [], findModule: () => undefined }));
        expect(result.kind).not.toBe('read');
        milliseconds = Math.min(milliseconds, threadMs() - start);
        bytes = Math.min(bytes, heldBytes() - before);
      }
      expect(milliseconds).toBeLessThan(MOST_MS);
      expect(bytes).toBeLessThan(MOST_BYTES);
    });
  }
});
