import { parser } from '@lezer/python';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { isEligible, limitOf } from '../../../../../src/host/editor/documents/eligibleDocuments.ts';
import { LimitStatus } from '../../../../../src/host/editor/documents/limitStatus.ts';
import { NotebookCode } from '../../../../../src/host/editor/documents/notebookCode.ts';
import { statusItems, window, workspace } from '../../vscode.ts';
import { NO_VERSIONS, type OpenNotebook, openNotebook, StoredModules } from '../notebooks.ts';

vi.mock('vscode', () => import('../../vscode.ts'));

const LOSS = 'nn.CrossEntropyLoss(label_smoothing=LS)';

function codeOf({ notebook }: OpenNotebook, stored = new StoredModules()): NotebookCode {
  return new NotebookCode(notebook, stored.modules, NO_VERSIONS);
}

async function alphas(code: NotebookCode, { cells, documentAt }: OpenNotebook) {
  const analyzed = await Promise.all(cells.map((_, i) => code.analyze(documentAt(i))));
  return analyzed.map((each) => each?.analysis.configs.map(({ alpha }) => alpha.value));
}

/** Each is another one: what is run of one says nothing of the others. */
function manyLosses(count: number): string {
  return Array.from(
    { length: count },
    (_, i) => `class LabelSmoothingLoss${i}(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing
    def forward(self, logits, target):
        logp = logits.log_softmax(-1)
        nll = -logp.gather(-1, target.unsqueeze(1)).squeeze(1)
        return ((1 - self.smoothing) * nll - self.smoothing * logp.mean(-1) * ${i + 1}.0 / ${i + 1}.0).mean()
loss_${i} = LabelSmoothingLoss${i}(0.2)
`,
  ).join('\n');
}

describe('the code of a notebook', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    workspace.notebookDocuments.length = 0;
  });

  it('is read and parsed once, whichever cells are asked for, and after an edit one cell again', async () => {
    const parse = vi.spyOn(parser, 'startParse');
    const open = openNotebook(['from torch import nn\nLS = 0.1', ...Array(99).fill(LOSS)]);
    const code = codeOf(open);
    expect(await alphas(code, open)).toEqual([[], ...Array(99).fill([0.1])]);
    expect([parse.mock.calls.length, Math.max(...open.cells.map(({ copies }) => copies))]).toEqual([100, 1]);
    const before = await code.analyze(open.documentAt(40));
    open.cells[50]!.edit(`LS = 0.3\n${LOSS}`);
    code.change();
    expect((await code.analyze(open.documentAt(50)))?.analysis.configs[0]?.alpha.value).toBe(0.3);
    expect((await code.analyze(open.documentAt(99)))?.analysis.configs[0]?.alpha.value).toBe(0.3);
    expect(await code.analyze(open.documentAt(40))).toBe(before);
    expect(parse).toHaveBeenCalledTimes(101);
    expect(open.cells.map(({ copies }) => copies)).toEqual(open.cells.map((_, i) => (i === 50 ? 2 : 1)));
  });

  it('that is edited while it’s analysed is analysed as it is then', async () => {
    const long = Array.from({ length: 3000 }, (_, i) => `x${i} = f(${i})`).join('\n');
    const open = openNotebook([`from torch import nn\n${long}\nLS = 0.1`, LOSS]);
    const code = codeOf(open);
    const first = code.analyze(open.documentAt(1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    open.cells[0]!.edit('from torch import nn\nLS = 0.2');
    code.change();
    expect(code.below(open.documentAt(0))).toEqual([open.documentAt(1)]);
    expect((await first)?.analysis.configs[0]?.alpha.value).toBe(0.2);
  });

  it('runs a few of many hand-written losses at first, and all of them behind what others ask for', async () => {
    const open = openNotebook(['import torch\nfrom torch import nn', manyLosses(14), LOSS]);
    const code = codeOf(open);
    const kinds = async () => {
      const analyzed = await code.analyze(open.documentAt(1));
      return new Set(analyzed!.analysis.configs.map(({ executed }) => executed?.kind));
    };
    expect(await kinds()).toEqual(new Set(['read', 'pending']));
    const order: string[] = [];
    const rest = code.runRest(open.documentAt(1)).then((done) => order.push(`rest ${done}`));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await code.analyze(open.documentAt(2)).then(() => order.push('asked'));
    await rest;
    expect(order).toEqual(['asked', 'rest true']);
    expect(await kinds()).toEqual(new Set(['read']));
  });

  it('says what stands above a cell', async () => {
    const open = openNotebook(['from torch import nn', 'LS = 0.1', LOSS]);
    const analyzed = await codeOf(open).analyze(open.documentAt(2));
    const { context, cells } = analyzed!.around();
    expect([context.cells, cells]).toEqual([['from torch import nn', 'LS = 0.1'], open.cells.slice(0, 2)]);
  });

  it('reads the modules it imports from once for all cells, and again when one of them has changed', async () => {
    const stored = new StoredModules({ 'project.config': 'LS = 0.1' });
    const open = openNotebook([
      'from torch import nn\nfrom project.config import LS',
      ...Array(20).fill(LOSS),
    ]);
    const code = codeOf(open, stored);
    expect(await alphas(code, open)).toEqual([[], ...Array(20).fill([0.1])]);
    expect(stored.asked).toEqual(['project.config']);
    stored.files['project.config'] = 'LS = 0.2';
    expect([code.forgetModule('other'), code.forgetModule('project.config')]).toEqual([false, true]);
    expect(await alphas(code, open)).toEqual([[], ...Array(20).fill([0.2])]);
  });

  it('finds a module though many names of modules were typed before', async () => {
    const stored = new StoredModules({ 'project.config': 'LS = 0.1' }, 3);
    const open = openNotebook(['from torch import nn\n', LOSS]);
    const code = codeOf(open, stored);
    for (const typed of ['p', 'pr', 'pro', 'proj', 'proje', 'projec', 'project', 'project.config']) {
      open.cells[0]!.edit(`from torch import nn\nfrom ${typed} import LS`);
      code.change();
      await code.analyze(open.documentAt(1));
    }
    expect(await alphas(code, open)).toEqual([[], [0.1]]);
  });

  it('lets others have their turn while many cells are asked for', async () => {
    const open = openNotebook(['from torch import nn\nLS = 0.1', ...Array(2000).fill(LOSS)]);
    let turns = 0;
    const other = setInterval(() => turns++, 0);
    await alphas(codeOf(open), open);
    clearInterval(other);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('limits', () => {
  afterEach(() => {
    workspace.notebookDocuments.length = 0;
  });

  const line = `${LOSS}  # ${'x'.repeat(80)}\n`;

  it.each([
    ['a line of 100,000 characters', LOSS + ' '.repeat(100_000 - LOSS.length), undefined],
    ['a longer line', LOSS + ' '.repeat(100_001 - LOSS.length), 'line'],
    ['2 MB', line.repeat(Math.floor(2_000_000 / line.length)), undefined],
    ['more', line.repeat(Math.ceil(2_000_001 / line.length)), 'size'],
  ])('%s', (_, text, limit) => {
    const { cells, documentAt } = openNotebook([text]);
    expect([limitOf(documentAt(0)), isEligible(documentAt(0))]).toEqual([limit, limit === undefined]);
    // What is too large isn't copied to find out.
    if (limit) expect(cells[0]!.copies).toBe(0);
  });

  it('are said once, in the language status of the editor that has the document', () => {
    const status = new LimitStatus();
    const open = openNotebook([`x = 1  # ${' '.repeat(100_000)}`, LOSS]);
    const shown = () => [...statusItems].map(({ text, detail }) => `${text}: ${detail}`);
    const activate = (index: number | undefined) => {
      window.activeTextEditor = index === undefined ? undefined : { document: open.documentAt(index) };
      status.update();
      return shown();
    };
    const expected = ['Losses aren’t analysed in this document: A line has more than 100,000 characters'];
    expect([activate(0), activate(0), activate(1), activate(0)]).toEqual([expected, expected, [], expected]);
    open.cells[0]!.edit('x = 1');
    expect([activate(0), activate(undefined)]).toEqual([[], []]);
    open.cells[0]!.edit(line.repeat(20_000));
    expect(activate(0)).toEqual([
      'Losses aren’t analysed in this document: The document has more than 2,000,000 characters',
    ]);
    status.dispose();
    expect(shown()).toEqual([]);
  });

  it('are said of what was looked into in part', () => {
    const status = new LimitStatus();
    const open = openNotebook([LOSS, LOSS]);
    const shown = () => [...statusItems].map(({ text, detail }) => `${text}: ${detail}`);
    window.activeTextEditor = { document: open.documentAt(0) };
    status.read(open.documentAt(0), 'depth');
    const expected = [
      'Losses are analysed in part of this document only: Part of the document is nested too deeply',
    ];
    expect(shown()).toEqual(expected);
    status.read(open.documentAt(1), 'errors');
    expect(shown()).toEqual(expected);
    status.read(open.documentAt(0), null);
    expect(shown()).toEqual([]);
    status.dispose();
  });

  it('hold for all cells of a notebook together', () => {
    const tenth = line.repeat(Math.floor(200_000 / line.length));
    const open = openNotebook(Array(11).fill(tenth));
    expect(limitOf(open.documentAt(10))).toBe('size');
    open.cells[0]!.edit('');
    expect(limitOf(open.documentAt(10))).toBe(undefined);
  });

  it('hold for a cell alone, too: it says nothing to the cells below', async () => {
    const long = `LS = 0.2  # ${' '.repeat(100_000)}`;
    const open = openNotebook(['from torch import nn\nLS = 0.1', long, LOSS]);
    expect((await codeOf(open).analyze(open.documentAt(2)))?.analysis.configs[0]?.alpha.value).toBe(0.1);
    expect([limitOf(open.documentAt(1)), limitOf(open.documentAt(2))]).toEqual(['line', undefined]);
  });
});
