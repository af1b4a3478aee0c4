import { describe, expect, it } from 'vitest';
import { LossNotebook } from '../../src/analysis/python/losses/lossNotebook.ts';
import { finish, type Work } from '../../src/loss/work.ts';
import { costOf } from './cost.ts';
import { expectLinear } from './growth.ts';

/** A cell is a few lines, as cells are; thousands of them are a megabyte. */
const LEAST_CELL = 200;

/** The code of notebooks: lines of one kind, by the number of the line. */
const NOTEBOOKS: Readonly<Record<string, (cell: number) => string>> = {
  'losses and the layers before them': (i) =>
    `head_${i} = nn.Linear(512, ${10 + (i % 3)})\ncriterion_${i} = nn.CrossEntropyLoss(label_smoothing=0.0${1 + (i % 9)})\nloss = criterion_${i}(head_${i}(x), y)\n`,
  'losses of values from the first cell': (i) =>
    i === 0 ? 'from torch import nn\nLS = 0.1\n' : `loss_${i} = nn.CrossEntropyLoss(label_smoothing=LS)\n`,
  'losses with numbers of classes of their own': (i) =>
    `num_classes_${i} = ${i + 2}\nmodel(num_classes=${i + 2})\nnn.CrossEntropyLoss(label_smoothing=0.1)\n`,
  'options of a command line': (i) =>
    i === 0
      ? 'from torch import nn\nargs = parser.parse_args()\nparser.add_argument("--ls", default=0.1)\n'
      : `parser.add_argument("--x${i}", default=0.1)\nnn.CrossEntropyLoss(label_smoothing=args.ls)\nnn.CrossEntropyLoss(label_smoothing=args.y${i})\n`,
  'losses of a class from the first cell': (i) =>
    i === 0
      ? `from torch import nn\nclass MyLoss(nn.Module):\n  def __init__(self, smoothing=0.1):\n    self.ce = nn.CrossEntropyLoss(label_smoothing=smoothing)\n${'  def f(self):\n    return g(h(1))\n'.repeat(20)}`
      : `loss_${i} = MyLoss(smoothing=0.${i})\n`,
  'comments that say K': (i) => `# smooth-labels: K=${i + 2}\nnn.CrossEntropyLoss(label_smoothing=0.1)\n`,
  'names that no cell has': (i) => `loss_${i} = F.cross_entropy(x, y, label_smoothing=smoothing_${i})\n`,
  'configs as dicts': (i) => `config_${i} = {"label_smoothing": 0.1, "num_classes": ${i + 2}}\n`,
  'cells with a single name': (i) => `x = ${i}\nnn.CrossEntropyLoss(label_smoothing=x)\n`,
};

function cellsOf(line: (i: number) => string, length: number): readonly string[] {
  const cells: string[] = [];
  let i = 0;
  for (let rest = length; rest > 0; rest -= cells.at(-1)!.length) {
    let cell = line(i++);
    while (cell.length < LEAST_CELL) cell += line(i++);
    cells.push(cell);
  }
  return cells;
}

/** Lenses for every cell. */
function* everyCell(notebook: LossNotebook, cells: readonly string[]): Work<number> {
  notebook.update(cells);
  let losses = 0;
  for (let i = 0; i < cells.length; i++) losses += (yield* notebook.analyze(i)).configs.length;
  return losses;
}

describe('a notebook is analysed in time that grows with its length', () => {
  for (const [kind, line] of Object.entries(NOTEBOOKS))
    it(`of ${kind}`, () => {
      expectLinear({
        make: (length) => cellsOf(line, length),
        run: (cells) => everyCell(new LossNotebook(), cells),
        // Cells of a few lines have no slices; what is seen of thousands of them is the garbage collector.
        sliced: false,
      });
    });

  it('in less than a second for 400 cells of losses', () => {
    const cells = Array.from({ length: 400 }, (_, i) => NOTEBOOKS['losses and the layers before them']!(i));
    expect(finish(everyCell(new LossNotebook(), cells))).toBe(400);
    const { total } = costOf(() => everyCell(new LossNotebook(), cells));
    console.log(`400 cells: ${total.toFixed(0)} ms`);
    expect(total).toBeLessThan(1000);
  });

  it('after an edit in the last of 400 cells as quickly as that cell alone', () => {
    const cells = Array.from({ length: 400 }, (_, i) => NOTEBOOKS['losses and the layers before them']!(i));
    const notebook = new LossNotebook();
    finish(everyCell(notebook, cells));
    const hundred = (run: (edit: number) => Work<unknown>) =>
      costOf(() => {
        for (let i = 0; i < 100; i++) finish(run(i));
      }).total;
    const edited = (i: number) => {
      notebook.update(cells.with(399, `${cells[399]}x = ${i}\n`));
      return notebook.analyze(399);
    };
    const alone = (i: number) => {
      const single = new LossNotebook();
      single.update([`${cells[399]}x = ${i}\n`]);
      return single.analyze(0);
    };
    hundred(alone);
    const [edits, singles] = [hundred(edited), hundred(alone)];
    console.log(`an edit in the last of 400 cells: ${edits / 100} ms, that cell alone ${singles / 100} ms`);
    expect(edits).toBeLessThan(2 * singles + 50);
  });
});
