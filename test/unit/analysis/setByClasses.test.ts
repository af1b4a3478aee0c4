import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';
import { alphaIn } from './saidAlpha.ts';

const loss = (alpha: string) => `loss = nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const USE = `    def loss(self, x, y):\n        return nn.functional.cross_entropy(x, y, label_smoothing=self.eps)\n`;
const BASE = 'class Base:\n    def __init__(self):\n        self.eps = 0.3\n';

/** α of the last loss, where its base is in the same file, and in another one. */
function alphasBased(lines: string, base = BASE): readonly string[] {
  const there = new Map([['base', base]]);
  return [alphaIn(`${base}${lines}`), alphaIn(`from base import Base\n${lines}`, { modules: there })];
}

describe('an attribute that a base sets as its objects are made', () => {
  it.each([
    [
      'behind the own assignment',
      `class T(Base):\n    def __init__(self):\n        self.eps = 0.1\n        super().__init__()\n${USE}`,
    ],
    ['in front of what the class has', `class T(Base):\n    eps = 0.1\n${USE}`],
  ])('counts %s', (_, lines) => {
    for (const alpha of alphasBased(lines)) expect(alpha).toMatch(/^several (?:0\.1 0\.3|0\.3 0\.1)$/);
  });

  it.each([
    [
      'in front of the own assignment',
      `class T(Base):\n    def __init__(self):\n        super().__init__()\n        self.eps = 0.1\n${USE}`,
    ],
    ['if it’s another', `class T(Base):\n    eps = 0.1\n${USE}`, BASE.replace('eps', 'lr')],
  ])('doesn’t %s', (_, lines, base = BASE) => {
    for (const alpha of alphasBased(lines, base)) expect(alpha).toBe('known 0.1');
  });

  it('says K with the number that the model has', () => {
    const base = `class Base(nn.Module):\n    count = 7\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(10, self.count)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const FORWARD = '    def forward(self, x):\n        return self.fc(x)\nnet = Net()';
    const classesIn = (model: string) => {
      const code = `from torch import nn\nfrom base import Base\n${model}\nloss = nn.CrossEntropyLoss()(net(x), y)\n`;
      const modules = new Map([['base', `from torch import nn\n${base}`]]);
      return analyzed(code, 'python', { modules }).configs[0]!.classes.guess?.value ?? null;
    };
    expect(classesIn(`class Net(Base):\n    count = 3\n${FORWARD}`)).not.toBe(7);
    expect(classesIn(`class Net(Base):\n    other = 3\n${FORWARD}`)).toBe(7);
  });
});

describe('a loss isn’t known to have its α where its class sets another', () => {
  const HELD = (init: string) =>
    `class LS(nn.Module):\n    def __init__(self, smoothing):\n${init}    def forward(self, x, y):\n        return nn.functional.cross_entropy(x, y, label_smoothing=self.s)\n`;
  const own = (lines: string) => {
    const { configs } = analyzed(`from torch import nn\n${lines}\n`, 'python');
    const { value, unknown } = configs.findLast(({ kind }) => kind === 'call')!.alpha;
    return value ?? unknown?.name;
  };
  const KEPT = '        self.s = smoothing\n';
  it.each([
    [
      'class LS(nn.CrossEntropyLoss):\n    def anneal(self):\n        self.label_smoothing *= 0.9\nc = LS(label_smoothing=0.1)',
      'self.label_smoothing *= 0.9',
    ],
    [
      'class LS(nn.CrossEntropyLoss):\n    def __init__(self):\n        super().__init__(label_smoothing=0.1)\n    def off(self):\n        self.label_smoothing = 0\nc = LS()',
      'self.label_smoothing = 0',
    ],
    [
      `${HELD(KEPT)}    def anneal(self):\n        self.s = self.s * 0.9\nc = LS(0.1)`,
      'self.s = self.s * 0.9',
    ],
    [`${HELD('        s = smoothing\n        self.s = s\n')}c = LS(0.1)\nc.s = 0.3`, 'c.s'],
    [
      `class LS(nn.Module):\n    def __init__(self, smoothing):\n        opts = dict(label_smoothing=smoothing)\n        self.ce = nn.CrossEntropyLoss(**opts)\n    def forward(self, x, y):\n        return self.ce(x, y)\nc = LS(0.1)\nc.ce.label_smoothing = 0`,
      'c.ce.label_smoothing',
    ],
  ])('%s', (lines, set) => {
    expect(own(lines)).toBe(set);
  });

  it.each([
    [`${HELD(KEPT)}    def step(self):\n        self.n = self.n + 1\nc = LS(0.1)`],
    [
      'class LS(nn.CrossEntropyLoss):\n    def __init__(self, eps):\n        super().__init__(label_smoothing=eps)\n        self.label_smoothing = eps\nc = LS(0.1)',
    ],
  ])('and is where it keeps it: %s', (lines) => {
    expect(own(lines)).toBe(0.1);
  });
});

describe('α isn’t known where', () => {
  const CLASS = 'class C:\n    eps = 0.1\nc = C()\n';
  const KW = "kw = {'label_smoothing': 0.1}\n";
  it.each([
    ['a class gets another by way of an object', `${CLASS}type(c).eps = 0.3\n${loss('C.eps')}`],
    ['it does so by __class__', `${CLASS}c.__class__.eps = 0.3\n${loss('c.eps')}`],
    ['a pattern binds it', `eps = 0.1\nmatch cfg:\n    case {'eps': eps}:\n        pass\n${loss('eps')}`],
    ['an element is deleted', `eps = [0.1, 0.2]\ndel eps[0]\n${loss('eps[0]')}`],
    ['a dict has others', `${KW}new = {**kw, **other}\nloss = nn.CrossEntropyLoss(**new)`],
    [
      'a function merges into a dict',
      `${KW}def tune(d):\n    d |= {'label_smoothing': 0.3}\ntune(kw)\nloss = nn.CrossEntropyLoss(**kw)`,
    ],
  ])('%s', (_, lines) => {
    expect(alphaIn(lines)).toMatch(/^unknown/);
  });

  it('a function of another file merges into a dict', () => {
    const there = (key: string) => new Map([['tools', `def fill(c):\n    c |= {'${key}': 0.3}\n`]]);
    const lines = `from tools import fill\ncfg = dict(eps=0.1)\nfill(cfg)\n${loss("cfg['eps']")}`;
    expect(alphaIn(lines, { modules: there('eps') })).toMatch(/^unknown: c \|= /);
    expect(alphaIn(lines, { modules: there('lr') })).toBe('known 0.1');
  });
});

describe('a part of a model', () => {
  const PARTS = `class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(10, 7)\n    def forward(self, x):\n        return self.fc(x)\nclass Net(nn.Module):\n    def __init__(self, m):\n        super().__init__()\n        self.m = m\n    def forward(self, x):\n        return self.m(x)\n`;
  const USED =
    'class T:\n    def __init__(self):\n        self.net = A()\n    def step(self, x, y):\n        return nn.CrossEntropyLoss()(self.net(x), y)\nt = T()\n';
  const classesIn = (lines: string, modules = new Map<string, string>()) => {
    const { configs } = analyzed(`from torch import nn\n${lines}\n`, 'python', { modules });
    return configs.find(({ api }) => api.startsWith('torch.'))!.classes.guess?.value ?? null;
  };
  const LOSS = 'nn.CrossEntropyLoss()(net(x), y)';

  it('may be replaced: what it was given, or what has it', () => {
    expect(classesIn(`${PARTS}net = Net(A())\nnet.m = Other()\n${LOSS}`)).toBe(null);
    expect(classesIn(`${PARTS}net = Net(A())\n${LOSS}`)).toBe(7);
    expect(classesIn(`${PARTS}${USED}t.net = Other()`)).toBe(null);
    expect(classesIn(`${PARTS}${USED}t.net = compile(t.net)\nargs.net = name()`)).toBe(7);
  });

  it('may be replaced by what wraps it, or where it’s imported from', () => {
    const wrap = (set: string) =>
      new Map([
        [
          'wrap',
          `from torch import nn\nclass Wrap(nn.Module):\n    def __init__(self, m):\n        super().__init__()\n        self.m = m\n${set}    def forward(self, x):\n        return self.m(x)\n`,
        ],
      ]);
    const wrapped = `${PARTS}from wrap import Wrap\nnet = Wrap(A())\n${LOSS}`;
    expect(classesIn(wrapped, wrap('        self.m.fc = nn.Linear(10, 5)\n'))).toBe(null);
    expect(classesIn(wrapped, wrap(''))).toBe(7);
    const made = (set: string) =>
      new Map([
        ['a', `from torch import nn\n${PARTS}`],
        ['b', `from torch import nn\nfrom a import A\nnet = A()\n${set}`],
      ]);
    expect(classesIn(`from b import net\n${LOSS}`, made('net.fc = nn.Linear(10, 5)\n'))).toBe(null);
    expect(classesIn(`from b import net\n${LOSS}`, made(''))).toBe(7);
  });
});
