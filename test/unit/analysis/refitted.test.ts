import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** K of the one loss, and what its targets are. */
function lossIn(...lines: readonly string[]) {
  const { configs } = analyzed(`${['import torch.nn as nn', ...lines].join('\n')}\n`, 'python');
  const { classes, labels } = configs.find(({ api }) => api.startsWith('torch.'))!;
  return { classes: classes.guess?.value ?? null, labels };
}

const MODEL = [
  'class Net(nn.Module):',
  '    def __init__(self):',
  '        super().__init__()',
  '        self.fc = nn.Linear(10, 7)',
  '        self.head = nn.Sequential(nn.Linear(10, 7))',
  '    def forward(self, x):',
  '        return self.fc(x)',
  'net = Net()',
];
const HEADED = MODEL.map((line) => line.replace('self.fc(x)', 'self.head(x)'));
const SEQUENCE = 'net = nn.Sequential(nn.Linear(10, 7))';
const USE = 'loss = nn.CrossEntropyLoss(label_smoothing=0.1)(net(x), y)';

describe('K isn’t that of a layer that is replaced', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['net.fc = nn.Linear(10, 5)', [...MODEL, 'net.fc = nn.Linear(10, 5)']],
    ['net.head[-1] = nn.Linear(10, 5)', [...HEADED, 'net.head[-1] = nn.Linear(10, 5)']],
    ['net.head[0] = nn.Linear(10, 5)', [...HEADED, 'net.head[0] = nn.Linear(10, 5)']],
    ['net.head[i] = head', [...HEADED, 'net.head[i] = head']],
    ['net.fc = head', [...MODEL, 'for i in range(3):', '    net.fc = heads[i]']],
    ['setattr(net, name, …)', [...MODEL, 'setattr(net, name, nn.Linear(10, 5))']],
    ['n.fc = …', [...MODEL, 'def refit(n, k):', '    n.fc = nn.Linear(10, k)', 'refit(net, 5)']],
    ['n[-1] = …', [SEQUENCE, 'def refit(n, k):', '    n[-1] = nn.Linear(10, k)', 'refit(net, 5)']],
    ['n[-1] = head', ['def refit(n, head):', '    n[-1] = head', SEQUENCE, 'refit(net, nn.Linear(10, 5))']],
    ['n = net', [SEQUENCE, 'n = net', 'n[-1] = nn.Linear(10, 5)']],
    ['for n in (net, other)', [SEQUENCE, 'for n in (net, other):', '    n[-1] = nn.Linear(10, 5)']],
    [
      'for n in nets',
      [SEQUENCE, 'nets = [net, other]', 'for i, n in enumerate(nets):', '    n[-1] = nn.Linear(10, 5)'],
    ],
    ['net.pop(-1)', [SEQUENCE, 'net.pop(-1)']],
    ['net.add_module("fc", …)', [...MODEL, 'net.add_module("fc", nn.Linear(10, 5))']],
    ['net.head.append(…)', [...HEADED, 'net.head.append(nn.Linear(7, 5))']],
    ['net.head.pop(-1)', [...HEADED, 'net.head.pop(-1)']],
    ['net.pop(-1), moved', [`${SEQUENCE}.cuda()`, 'net.pop(-1)']],
    ['net[-1] = …, moved', [`${SEQUENCE}.to(d).eval()`, 'net[-1] = nn.Linear(10, 5)']],
    ['net = model = …', [SEQUENCE.replace('net', 'net = model'), 'model[-1] = nn.Linear(10, 5)']],
    ['(net := …)', [`if (${SEQUENCE.replace('=', ':=')}):`, '    net[-1] = nn.Linear(10, 5)']],
    ['setattr(net, "fc", nn.Linear(10, 5))', [...MODEL, 'setattr(net, "fc", nn.Linear(10, 5))']],
    ['net[-1] = nn.Linear(10, 5)', ['net = nn.Sequential(nn.Linear(10, 7))', 'net[-1] = nn.Linear(10, 5)']],
  ];
  it.each(cases)('%s', (_, lines) => {
    expect(lossIn(...lines, USE).classes).not.toBe(7);
  });

  const forwards = [
    ['head = self.fc', 'return head(x)'],
    ['head = self.fc if self.training else self.fc', 'return head(x)'],
    ['head, rest = self.fc, 3', 'return head(x)'],
    ['me = self', 'return me.fc(x)'],
    ['return (self.fc)(x)'],
    ['return self.fc.to(x.device)(x)'],
    ['return nn.DataParallel(self.fc)(x)'],
    ['return getattr(self, "fc")(x)'],
    ['keep = self.keep', 'return keep(self.fc(x))'],
  ];
  it.each(forwards)('whatever it’s called by where it’s used: %s', (...lines) => {
    const kept = MODEL.map((line) =>
      line.includes('self.head =') ? '        self.keep = nn.Dropout(0.1)' : line,
    );
    const model = kept.flatMap((line) =>
      line.includes('return self.fc(x)') ? lines.map((each) => `        ${each}`) : [line],
    );
    for (const name of ['fc', 'keep'])
      if (lines.some((each) => each.includes(name)))
        expect(lossIn(...model, `net.${name} = nn.Linear(7, 5)`, USE).classes).not.toBe(7);
  });

  it('and is that of one which isn’t', () => {
    expect(lossIn(...MODEL, USE).classes).toBe(7);
    expect(lossIn(...MODEL, 'net.name = "a"', 'rows[0] = 3', 'self.head[0] = 3', USE).classes).toBe(7);
    expect(lossIn('net = nn.Sequential(nn.Linear(10, 7))', 'rows[-1] = nn.Linear(10, 5)', USE).classes).toBe(
      7,
    );
  });
});

describe('K is that of a layer that stays, whatever else is replaced', () => {
  const NORMED = MODEL.flatMap((line) =>
    line.includes('self.fc =')
      ? ['        self.norm = nn.BatchNorm1d(10)', '        self.device = torch.device("cpu")', line]
      : [line.replace('self.fc(x)', 'self.fc(self.norm(x))')],
  );
  it.each([
    ['args.device = torch.device("cuda")'],
    ['cfg.norm = make_norm()'],
    ['args.fc = "linear"'],
    ['net.norm = nn.Identity()'],
    ['for m in net.modules():', '    if hasattr(m, "norm"):', '        m.norm = nn.Identity()'],
    ['for name, m in net.named_children():', '    setattr(net, name, nn.GroupNorm(2, 10))'],
    ['for k, v in new.items():', '    setattr(cfg, k, v)'],
    ['net.head[-1] = nn.Linear(10, 5)'],
  ])('%s', (...lines) => {
    expect(lossIn(...NORMED, ...lines, USE).classes).toBe(7);
  });

  it('also where that is an inner part of a sequence', () => {
    const net = 'net = nn.Sequential(nn.Linear(3, 10), nn.BatchNorm1d(10), nn.Linear(10, 7))';
    expect(lossIn(net, 'net[1] = nn.Identity()', USE).classes).toBe(7);
    expect(lossIn(net, 'net[-2] = nn.Identity()', USE).classes).toBe(7);
    expect(lossIn(net, 'net[2] = nn.Identity()', USE).classes).toBe(null);
    expect(lossIn(net, 'net[i] = nn.Identity()', USE).classes).toBe(null);
    const nested = 'net = nn.Sequential(nn.Linear(3, 10), nn.Sequential(nn.Linear(10, 7)))';
    expect(lossIn(nested, 'net[0] = nn.Linear(4, 10)', USE).classes).toBe(7);
  });
});

describe('K of a model that is made elsewhere isn’t that of a layer which is replaced where it’s used', () => {
  const NET = ['import torch.nn as nn', ...MODEL.slice(0, -1)].join('\n');
  const classesIn = (lines: readonly string[], context: Parameters<typeof analyzed>[2]) => {
    const { configs } = analyzed(
      `${['import torch.nn as nn', ...lines, USE].join('\n')}\n`,
      'python',
      context,
    );
    return configs.find(({ api }) => api.startsWith('torch.'))!.classes.guess?.value ?? null;
  };
  const refits = [
    'net.fc = nn.Linear(10, 5)',
    'setattr(net, "fc", nn.Linear(10, 5))',
    'n = net\nn.fc = nn.Linear(10, 5)',
  ];
  it.each(refits)('%s', (refit) => {
    const modules = new Map([['models', NET]]);
    const made = ['from models import Net', 'net = Net()'];
    expect(classesIn([...made, refit], { modules })).not.toBe(7);
    expect(classesIn(['net = Net()', refit], { cells: [NET] })).not.toBe(7);
    expect(classesIn([], { cells: [NET, `net = Net()\n${refit}`] })).not.toBe(7);
    expect(classesIn([], { cells: [`${NET}\nnet = Net()`, refit] })).not.toBe(7);
    expect(classesIn(made, { modules })).toBe(7);
    expect(classesIn(['net = Net()'], { cells: [NET] })).toBe(7);
  });
  it('or by a function of another file or cell', () => {
    const refit = 'def refit(n, k):\n    n.fc = nn.Linear(10, k)';
    const modules = new Map([
      ['models', NET],
      ['tools', refit],
    ]);
    const made = ['from models import Net', 'from tools import refit', 'net = Net()'];
    expect(classesIn([...made, 'refit(net, 5)'], { modules })).not.toBe(7);
    expect(classesIn(made, { modules })).toBe(7);
  });
  it('or an entry by the name that it has there', () => {
    const modules = new Map([['models', `import torch.nn as nn\n${SEQUENCE.replace('net', 'made')}\n`]]);
    const refit = 'net[-1] = nn.Linear(10, 5)';
    expect(classesIn(['from models import made as net', refit], { modules })).not.toBe(7);
    expect(classesIn(['from models import made as net'], { modules })).toBe(7);
  });
  it('or an entry in a cell between', () => {
    expect(classesIn([], { cells: [SEQUENCE, 'net[-1] = nn.Linear(10, 5)'] })).not.toBe(7);
    expect(classesIn([], { cells: [SEQUENCE, 'rows[-1] = nn.Linear(10, 5)'] })).toBe(7);
  });
});

describe('batches that are mixed in front of a loss', () => {
  const mixed = 'mix = v2.CutMix(num_classes=10)';
  it('have rows for targets', () => {
    expect(lossIn(mixed, 'crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)').labels).toBe('soft');
    expect(lossIn('crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)').labels).toBe('hard');
  });
  it.each([
    ['a comment', '# TODO: try v2.CutMix(num_classes=10)'],
    ['a text', 'doc = "v2.CutMix(num_classes=10)"'],
    ['a class', 'class CutMix(object):\n    pass'],
    [
      'a class of the file’s own',
      'class MixUp:\n    def __call__(self, x, y):\n        return x, y, y, 0.3\nmix = MixUp()',
    ],
    ['a class of another file', 'from tricks import MixUp\nmix = MixUp(0.2)'],
  ])('are none for %s', (_, code) => {
    expect(lossIn(code, 'crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)').labels).toBe('hard');
  });
  it('are those of torchvision, however it’s imported', () => {
    const loss = ['crit = nn.CrossEntropyLoss()', 'l = crit(net(x), y)'];
    for (const code of [
      'from torchvision.transforms import v2\nmix = v2.CutMix(num_classes=10)',
      'from torchvision.transforms.v2 import MixUp\nmix = MixUp(num_classes=10)',
      'import torchvision.transforms.v2 as T\nmix = T.CutMix(num_classes=10)',
    ])
      expect(lossIn(code, ...loss).labels).toBe('soft');
  });
  it('are none where the model is only tried', () => {
    expect(lossIn(mixed, 'def evaluate(x, y):', '    return nn.CrossEntropyLoss()(net(x), y)').labels).toBe(
      'hard',
    );
  });
});
