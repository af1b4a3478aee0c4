import { describe, it } from 'vitest';
import { LossDocument } from '../../src/analysis/lossDocument.ts';
import { expectLinear } from './growth.ts';

describe('a source file is analysed in time that grows with its length', () => {
  it('for lines of comments', () => {
    const line = '# label_smoothing = 0.1 with 10 classes\n';
    expectLinear({
      make: (length) => line.repeat(length / line.length),
      run: (text) => new LossDocument('python').analyze(text),
    });
  });
});
