import { describe, expect, it } from 'vitest';
import { bytesOfOutput, tensorTexts } from '../../../../src/answers/notebook/cellOutputs.ts';
import { savedCells } from '../../../../src/answers/notebook/savedOutputs.ts';

const textsOf = (outputs: unknown) =>
  savedCells(JSON.stringify({ cells: [{ cell_type: 'code', outputs }] }))!
    .flatMap((cell) => tensorTexts(cell))
    .map((text) => [text.mime, new TextDecoder().decode(bytesOfOutput(text))]);

describe('what a notebook’s file says its cells put out', () => {
  it('is what is printed, in one text, and the form of a result that has the most digits', () => {
    expect(
      textsOf([
        { output_type: 'stream', name: 'stdout', text: ['tensor([[1., 2.],\n', '        [3., 4.]])\n'] },
        { output_type: 'stream', name: 'stderr', text: 'warning: [1, 2]' },
        { output_type: 'stream', name: 'stdout', text: 'done\n' },
        {
          output_type: 'execute_result',
          data: { 'text/plain': '[[1.5, 2.5]]', 'application/json': { logits: [[1.5, 2.5]] } },
        },
      ]),
    ).toEqual([
      ['application/vnd.code.notebook.stdout', 'tensor([[1., 2.],\n        [3., 4.]])\ndone\n'],
      ['application/json', '{"logits":[[1.5,2.5]]}'],
    ]);
  });

  it.each([
    null,
    3,
    'x',
    [null],
    [{ output_type: 'error' }],
    [{ data: null }],
    [{ data: { 'text/plain': 5 } }],
  ])('is nothing for %j', (outputs) => expect(textsOf(outputs)).toEqual([]));

  it.each(['', '{', 'null', '[]', '{"cells": 3}', '{"worksheets": []}'])('isn’t known of %j', (json) =>
    expect(savedCells(json)).toBeNull(),
  );
});
