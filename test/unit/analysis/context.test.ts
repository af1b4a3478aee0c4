import { describe, expect, it } from 'vitest';
import { LossDocument } from '../../../src/analysis/lossDocument.ts';
import { finish } from '../../../src/loss/work.ts';
import { analyzed, described } from './corpus.ts';

const CALL =
  'from torch import nn\nfrom project.config import SMOOTHING\nnn.CrossEntropyLoss(label_smoothing=SMOOTHING)\n';

function found(source: string, context: Parameters<typeof analyzed>[2]): readonly string[] {
  return analyzed(source, 'python', context).configs.map(described);
}

describe('other files', () => {
  it('are asked for where they would tell', () => {
    const { wanted } = analyzed(CALL, 'python');
    expect(wanted).toEqual([{ key: 'project.config', level: 0, path: ['project', 'config'] }]);
  });

  it('are asked for in a folder of the project that another one has APIs in', () => {
    const source = 'from utils.losses import SmoothCrossEntropy\ncriterion = SmoothCrossEntropy()\n';
    expect(analyzed(source, 'python').wanted.map(({ key }) => key)).toEqual(['utils.losses']);
    const loss =
      'from torch import nn\nclass SmoothCrossEntropy(nn.CrossEntropyLoss):\n  def __init__(self, eps=0.2):\n    super().__init__(label_smoothing=eps)\n';
    expect(found(source, { modules: new Map([['utils.losses', loss]]) })[0]).toContain('α 0.2');
  });

  it('are not asked for what is known, or of no interest', () => {
    const source =
      'from torch import nn\nfrom project import thing\nnn.CrossEntropyLoss(label_smoothing=0.1)\nthing()\n';
    expect(analyzed(source, 'python').wanted).toEqual([]);
  });

  it('tell constants', () => {
    const modules = new Map([['project.config', 'SMOOTHING = 0.1\n']]);
    expect(found(CALL, { modules })[0]).toContain(
      'α 0.1 (import project.config @1, constant SMOOTHING @project.config:1)',
    );
    expect(analyzed(CALL, 'python', { modules }).wanted).toEqual([]);
  });

  it('that aren’t there are asked for once', () => {
    const modules = new Map([['project.config', null]]);
    const { configs, wanted } = analyzed(CALL, 'python', { modules });
    expect([configs[0]?.alpha.value, wanted]).toEqual([undefined, []]);
  });

  it('lead on to others, relative to themselves', () => {
    const source = 'from .a import LS\nfrom torch import nn\nnn.CrossEntropyLoss(label_smoothing=LS)\n';
    const first = analyzed(source, 'python');
    expect(first.wanted.map(({ key, level }) => [key, level])).toEqual([['.a', 1]]);
    const modules = new Map<string, string | null>([['.a', 'from .b import LS\n']]);
    const second = analyzed(source, 'python', { modules });
    expect(second.wanted).toEqual([{ key: '.a .b', level: 1, path: ['b'], from: '.a' }]);
    modules.set('.a .b', 'LS = 0.2\n');
    expect(analyzed(source, 'python', { modules }).configs[0]?.alpha.value).toBe(0.2);
  });

  it('that import each other end', () => {
    const source = 'from a import LS\nfrom torch import nn\nnn.CrossEntropyLoss(label_smoothing=LS)\n';
    const modules = new Map([
      ['a', 'from b import LS\n'],
      ['b', 'from a import LS\n'],
    ]);
    expect(analyzed(source, 'python', { modules }).configs[0]?.alpha.value).toBeUndefined();
  });

  it('tell what a class does', () => {
    const source =
      'from losses import LabelSmoothingLoss\ncriterion = LabelSmoothingLoss(5, smoothing=0.1)\n';
    const losses = [
      'from torch import nn',
      'class LabelSmoothingLoss(nn.Module):',
      '    def __init__(self, classes, smoothing=0.0):',
      '        super().__init__()',
      '        self.smoothing, self.classes = smoothing, classes',
      '    def forward(self, x, y):',
      '        q = x.new_full(x.shape, self.smoothing / (self.classes - 1))',
      '        return -(q.scatter_(1, y[:, None], 1 - self.smoothing) * x.log_softmax(-1)).sum(-1).mean()',
      '',
    ].join('\n');
    expect(found(source, { modules: new Map([['losses', losses]]) })).toEqual([
      '2: LabelSmoothingLoss = LabelSmoothingLoss | UNIFORM_OTHERS (executed) | α 0.1 | K 5 (stated: argument classes @2)',
    ]);
  });
});

describe('cells above', () => {
  const cells = ['from torch import nn\nLS = 0.1\n', 'model = nn.Linear(64, 10)\nLS = 0.2\n'];

  it('bring names, values and layers along', () => {
    expect(found('criterion = nn.CrossEntropyLoss(label_smoothing=LS)\n', { cells })).toEqual([
      '1: nn.CrossEntropyLoss = torch.CrossEntropyLoss.index | UNIFORM_K | α 0.2 (constant LS @cell 1:2) | ' +
        'K 10 (likely: last-layer nn.Linear(64, 10) @1)',
    ]);
  });

  it('count less than the cell itself', () => {
    const [config] = analyzed('LS = 0.3\nnn.CrossEntropyLoss(label_smoothing=LS)\n', 'python', {
      cells,
    }).configs;
    expect(config?.alpha.value).toBe(0.3);
  });
});

describe('releases', () => {
  const source = 'import keras\nkeras.losses.SparseCategoricalCrossentropy(label_smoothing=0.1)\n';

  it.each([
    ['not known', undefined, 1],
    ['without the argument', '3.15.1', 1],
    ['with it', '3.16.0', 0],
  ])('%s', (_, keras, findings) => {
    const [config] = analyzed(source, 'python', keras === undefined ? {} : { versions: { keras } }).configs;
    expect(config?.findings).toHaveLength(findings);
  });
});

describe('a document', () => {
  it('is complete until it breaks, and again once it is mended', () => {
    const document = new LossDocument('python');
    const right = 'from torch import nn\nnn.CrossEntropyLoss(label_smoothing=0.1)\n';
    const complete = [right, `${right}x = (`, `${right}x = ()`].map(
      (text) => finish(document.analyze(text)).complete,
    );
    expect(complete).toEqual([true, false, true]);
  });

  it('with something the grammar lacks is complete as it is', () => {
    const document = new LossDocument('python');
    const text = 'with f() as (a, b):\n    pass\nnn.CrossEntropyLoss(label_smoothing=0.1)\n';
    expect(finish(document.analyze(text)).complete).toBe(true);
    expect(finish(document.analyze(`${text}x = (`)).complete).toBe(false);
  });

  it('has its number tokens where they are', () => {
    const text = 'from torch import nn\nLS = 0.1\nnn.CrossEntropyLoss(label_smoothing=LS)\n';
    const token = analyzed(text, 'python').configs[0]?.alpha.token;
    expect(token && text.slice(token.place.span.from, token.place.span.to)).toBe('0.1');
  });

  it('says where α can be inserted', () => {
    const edited = [
      'nn.CrossEntropyLoss()',
      'nn.CrossEntropyLoss(reduction="sum")',
      'nn.CrossEntropyLoss(w,\n)',
    ].map((text) => {
      const { at, before, after } = analyzed(text, 'python').configs[0]!.alpha.insertion!;
      return `${text.slice(0, at)}${before}0.1${after}${text.slice(at)}`;
    });
    expect(edited).toEqual([
      'nn.CrossEntropyLoss(label_smoothing=0.1)',
      'nn.CrossEntropyLoss(reduction="sum", label_smoothing=0.1)',
      'nn.CrossEntropyLoss(w, label_smoothing=0.1,\n)',
    ]);
  });
});
