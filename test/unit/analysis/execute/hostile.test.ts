import { describe, expect, it } from 'vitest';
import { execute } from '../../../../src/analysis/python/execute/execute.ts';
import { definitionsIn, sourceOf } from './asked.ts';
import { HOSTILE, MORE_HOSTILE } from './hostileBodies.ts';

const HEAD =
  'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nimport numpy as np\nimport re, functools, itertools\n';

describe('hostile functions come to an end', () => {
  for (const [name, body] of Object.entries({ ...HOSTILE, ...MORE_HOSTILE })) {
    it(name, () => {
      const text = `${HEAD}def loss(z, y, smoothing=0.1):\n${body.replace(/^/gm, ' ')}\n`;
      const source = sourceOf(text);
      const node = definitionsIn(source).get('loss')!;
      const before = process.memoryUsage();
      const start = process.cpuUsage();
      const work = execute({ source, node, given: [], findModule: () => undefined });
      let step = work.next();
      while (!step.done) step = work.next();
      const { user } = process.cpuUsage(start);
      const after = process.memoryUsage();
      expect(step.value.kind).not.toBe('read');
      expect(user / 1000, 'milliseconds').toBeLessThan(500);
      const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
      expect(grown / 2 ** 20, 'megabytes').toBeLessThan(50);
    });
  }
});
