import { parser } from '@lezer/python';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LossDocument } from '../../../src/analysis/lossDocument.ts';
import { LossNotebook } from '../../../src/analysis/python/losses/lossNotebook.ts';
import { finish } from '../../../src/loss/work.ts';
import { described } from './corpus.ts';

/** The losses of every cell, each asked for. */
function analyzed(notebook: LossNotebook, cells: readonly string[]): readonly (readonly string[])[] {
  notebook.update(cells);
  return cells.map((_, i) => finish(notebook.analyze(i)).configs.map(described));
}

/** The same by a notebook that knows nothing yet, for each cell alone. */
function afresh(cells: readonly string[]): readonly (readonly string[])[] {
  return cells.map((text, i) => {
    const context = { cells: cells.slice(0, i) };
    return finish(new LossDocument('python').analyze(text, context)).configs.map(described);
  });
}

const CELLS = [
  'from torch import nn\nimport argparse',
  'LS = 0.1',
  'LS = 0.2\nnum_classes = 7',
  'parser = argparse.ArgumentParser()\nparser.add_argument("--ls", default=0.3)\nargs = parser.parse_args()',
  'criterion = nn.CrossEntropyLoss(label_smoothing=LS)',
  'criterion = nn.CrossEntropyLoss(label_smoothing=args.ls)',
  'head = nn.Linear(64, 10)',
  'head = nn.Linear(64, K)',
  'K = 5\nn_classes = K',
  '# smooth-labels: K=3',
  '# smooth-labels: K=1e308\nx = (',
  'class MyLoss(nn.Module):\n  def __init__(self, smoothing=LS):\n    self.ce = nn.CrossEntropyLoss(label_smoothing=smoothing)',
  'loss = MyLoss()',
  'loss = MyLoss(smoothing=1.5)\nconfig = {"label_smoothing": LS}',
  'from project.config import LS',
  '%time x = 1',
  '',
];

describe('a notebook', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is after edits as if it had always been so', () => {
    const cell = fc.constantFrom(...CELLS);
    const edit = fc.tuple(fc.nat(), fc.nat(2), fc.array(cell, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 8 }), fc.array(edit, { maxLength: 6 }), (first, edits) => {
        const notebook = new LossNotebook();
        let cells = first;
        expect(analyzed(notebook, cells)).toEqual(afresh(cells));
        for (const [where, removed, added] of edits) {
          cells = cells.toSpliced(where % (cells.length + 1), removed, ...added);
          expect(analyzed(notebook, cells)).toEqual(afresh(cells));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows what cells further above change, however often the last one is edited', () => {
    const above = [
      'from torch import nn',
      'cfg = {"eps": 0.1}',
      'c = cfg\nc["eps"] = 0.3',
      'd = cfg\nd["lr"] = 1',
    ];
    const cellsWith = (edit: number) => [
      ...above,
      `x = ${edit}\nnn.CrossEntropyLoss(label_smoothing=cfg["eps"])`,
    ];
    const notebook = new LossNotebook();
    for (let i = 0; i < 100; i++) analyzed(notebook, cellsWith(i));
    expect(analyzed(notebook, cellsWith(100))).toEqual(afresh(cellsWith(100)));
  });

  it('gives a cell the values that the cells above it had, not those of later ones', () => {
    const cells = [
      'from torch import nn',
      'K = 10\nhead = nn.Linear(8, K)',
      'K = 3',
      'nn.CrossEntropyLoss()',
    ];
    const found = analyzed(new LossNotebook(), cells)[3]![0];
    expect(found).toContain('K 10 (likely: last-layer nn.Linear(8, K) @2)');
  });

  it('is parsed once, each cell, and after an edit the cell that was edited', () => {
    const parse = vi.spyOn(parser, 'startParse');
    const notebook = new LossNotebook();
    const cells = Array.from(
      { length: 50 },
      (_, i) => `loss_${i} = nn.CrossEntropyLoss(label_smoothing=0.${i})`,
    );
    analyzed(notebook, cells);
    expect(parse).toHaveBeenCalledTimes(50);
    analyzed(notebook, cells);
    expect(parse).toHaveBeenCalledTimes(50);
    const edited = cells.with(20, 'loss = nn.CrossEntropyLoss(label_smoothing=0.5)');
    analyzed(notebook, edited);
    expect(parse).toHaveBeenCalledTimes(51);
    // A cell put in, one taken out, two that change places: of those nothing else is parsed.
    analyzed(notebook, edited.toSpliced(10, 0, 'x = 1'));
    expect(parse).toHaveBeenCalledTimes(52);
    analyzed(notebook, edited.toSpliced(3, 1));
    expect(parse).toHaveBeenCalledTimes(52);
    analyzed(notebook, [...edited.slice(4, 30), ...edited.slice(30).toReversed()]);
    expect(parse).toHaveBeenCalledTimes(52);
  });

  it('asks for the modules that any of its cells would be told more by, until they are read', () => {
    const cells = [
      'from torch import nn\nfrom project.config import LS',
      'nn.CrossEntropyLoss(label_smoothing=LS)',
    ];
    const notebook = new LossNotebook();
    notebook.update(cells);
    expect(finish(notebook.analyze(1)).wanted.map(({ key }) => key)).toEqual(['project.config']);
    const modules = new Map([['project.config', 'LS = 0.1\n']]);
    const { configs, wanted } = finish(notebook.analyze(1, { modules }));
    expect([configs[0]?.alpha.value, wanted]).toEqual([0.1, []]);
    // What isn't imported any more isn't asked for.
    notebook.update(['from torch import nn\nfrom project.other import LS', cells[1]!]);
    expect(finish(notebook.analyze(1, { modules })).wanted.map(({ key }) => key)).toEqual(['project.other']);
  });
});
