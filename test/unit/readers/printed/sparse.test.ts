import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { findTextArrays } from '../../../../src/readers/printed/textArrays.ts';
import { bytesOf } from './read.ts';

const tensor = (size: string) =>
  `tensor(indices=tensor([[0, 1], [1, 0]]), values=tensor([1.5, 2.5]), size=(${size}), nnz=2, layout=torch.sparse_coo)\n`;

const contents = (text: string) =>
  finish(findTextArrays(bytesOf(text))).map((piece) =>
    piece.kind === 'array' ? piece.array.content : piece,
  );

describe('sparse tensors', () => {
  it('are filled up to a limit each', () => {
    expect(contents(tensor('256, 256'))).toMatchObject([{ kind: 'numbers' }]);
    expect(contents(tensor('256, 257'))).toMatchObject([
      { kind: 'flawed', problem: { reason: 'sparse', count: 65_792, limit: 65_536 } },
    ]);
  });

  it('take no more memory together than a few of the largest', () => {
    const all = contents(tensor('256, 256').repeat(100));
    expect(all.filter(({ kind }) => kind === 'numbers')).toHaveLength(4);
    expect(all.at(-1)).toMatchObject({ kind: 'flawed', problem: { reason: 'sparse', limit: 0 } });
  });

  it.each([
    ['an index beyond the shape', tensor('2, 1')],
    ['more values than indices', tensor('2, 2').replace('[1.5, 2.5]', '[1.5, 2.5, 3.5]')],
    ['a shape of other axes', tensor('2, 2, 2')],
  ])('with %s are refused whole, and not read by their parts', (_, text) => {
    expect(contents(text)).toMatchObject([{ kind: 'flawed', problem: { reason: 'shape-count' } }]);
  });
});
