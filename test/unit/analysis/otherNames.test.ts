import { describe, expect, it } from 'vitest';
import { alphaIn } from './saidAlpha.ts';

type Case = readonly [expected: string, lines: string];

const loss = (alpha: string) => `loss = nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const PARSED = `import argparse
p = argparse.ArgumentParser()
p.add_argument('--eps', default=0.1)
`;

describe('α isn’t known where another name for the names of a module sets it', () => {
  const cases: readonly Case[] = [
    ['g["eps"] = 0.2, line 4', `eps = 0.1\ng = globals()\ng["eps"] = 0.2`],
    ['g["eps"] += 0.2, line 4', `eps = 0.1\ng = globals()\ng["eps"] += 0.2`],
    ['g.update(new), line 4', `eps = 0.1\ng = globals()\ng.update(new)`],
    ['g[k] = v, line 6', `eps = 0.1\ndef load():\n    g = globals()\n    for k, v in new:\n        g[k] = v`],
    ['names["eps"] = 1, line 4', `eps = 0.1\ndef load(names):\n    names["eps"] = 1\nload(globals())`],
    [
      'to["eps"] = 1, line 6',
      `eps = 0.1\ndef load(names):\n    fill(names)\ndef fill(to):\n    to["eps"] = 1\nload(names=globals())`,
    ],
    ['exec(code, g), line 4', `eps = 0.1\ng = globals()\nexec(code, g)`],
    ['m.eps = 0.3, line 4', `eps = 0.1\nm = sys.modules[__name__]\nm.eps = 0.3`],
  ];
  it.each(cases)('%s', (set, lines) => {
    expect(alphaIn(`${lines}\n${loss('eps')}`)).toBe(`unknown: ${set}`);
  });

  it('or for those of an object', () => {
    expect(
      alphaIn(`${PARSED}args = p.parse_args()\nd = vars(args)\nd["eps"] = 0.3\n${loss('args.eps')}`),
    ).toBe('unknown: d["eps"] = 0.3, line 7');
    const made = 'class C:\n    eps = 0.1\nc = C()\nd = c.__dict__\n';
    expect(alphaIn(`${made}d.update(new)\n${loss('c.eps')}`)).toBe('unknown: d.update(new), line 6');
  });

  it('and is if they’re another function’s', () => {
    const lines = `eps = 0.1\ndef f():\n    g = globals()\ndef h(g):\n    g["eps"] = 0.3\n${loss('eps')}`;
    expect(alphaIn(lines)).toBe('known 0.1');
  });
});

describe('from … import * behind an assignment', () => {
  const starred = `eps = 0.1\nfrom config import *\n${loss('eps')}`;

  it('may bring another value', () => {
    expect(alphaIn(starred)).toBe('unknown: from config import *, line 3');
    const tried = `eps = 0.1\ntry:\n    from config import *\nexcept ImportError:\n    pass\n${loss('eps')}`;
    expect(alphaIn(tried)).toBe('unknown: from config import *, line 4');
    const called = `eps = 0.1\ndef make():\n    return nn.CrossEntropyLoss(label_smoothing=eps)\nfrom config import *`;
    expect(alphaIn(called)).toBe('unknown: from config import *, line 5');
  });

  it('brings what the module has', () => {
    const modules = new Map([['config', 'eps = 0.3\n']]);
    expect(alphaIn(starred, { modules })).toBe('known 0.3');
    const tried = `eps = 0.1\ntry:\n    from config import *\nexcept ImportError:\n    pass\n${loss('eps')}`;
    expect(alphaIn(tried, { modules })).toMatch(/^several 0\.[13] 0\.[13]$/);
  });

  it('changes nothing if it’s in front, of a library, or behind the use', () => {
    expect(alphaIn(`from config import *\neps = 0.1\n${loss('eps')}`)).toBe('known 0.1');
    expect(alphaIn(`eps = 0.1\nfrom torch.nn import *\n${loss('eps')}`)).toBe('known 0.1');
    expect(alphaIn(`eps = 0.1\n${loss('eps')}\nfrom config import *`)).toBe('known 0.1');
  });
});

describe('an option of the command line', () => {
  const cases: readonly Case[] = [
    ['unknown: a.eps = 0.2, line 7', `args = p.parse_args()\ndef up(a):\n    a.eps = 0.2\nup(args)`],
    [
      'unknown: b.eps = 0.2, line 7',
      `args = p.parse_args()\ndef inner(b):\n    b.eps = 0.2\ndef up(a):\n    inner(a)\nup(args)`,
    ],
    ['unknown: a.eps = 0.2, line 6', `def up(a):\n    a.eps = 0.2\n    return a\nargs = up(p.parse_args())`],
    [
      'unknown: args.eps = 0.0, line 8',
      `def get():\n    args = p.parse_args()\n    if args.mixup:\n        args.eps = 0.0\n    return args\nargs = get()`,
    ],
    ['callers 0.1', `args = p.parse_args()\ndef up(a):\n    a.other = 0.2\nup(args)`],
    ['callers 0.1', `args = p.parse_args()\ndef up(a):\n    a.eps = 0.2\nup(another)`],
  ];
  it.each(cases)('has what some code sets it to: %s (%#)', (expected, lines) => {
    expect(alphaIn(`${PARSED}${lines}\n${loss('args.eps')}`)).toBe(expected);
  });

  it('also where another function hands it on', () => {
    const lines = `def get():\n    args = p.parse_args()\n    args.eps = 0.3\n    return args\n`;
    const main = `def main(args):\n    ${loss('args.eps')}\nmain(get())`;
    expect(alphaIn(`${PARSED}${lines}${main}`)).toBe('unknown: args.eps = 0.3, line 7');
  });
});

describe('an object’s attribute or entry', () => {
  const CLASS = 'class C:\n    eps = 0.1\n';
  const cases: readonly (readonly [expected: string, alpha: string, lines: string])[] = [
    ['unknown: b.eps = 0.3, line 5', 'a.eps', `${CLASS}a = b = C()\nb.eps = 0.3`],
    ['unknown: a.eps = 0.3, line 5', 'c.eps', `${CLASS}a = C()\na.eps = 0.3\nc = a`],
    ['unknown: c.eps = 0.3, line 7', 'a.eps', `${CLASS}a = C()\nb = C()\nfor c in (a, b):\n    c.eps = 0.3`],
    [
      'unknown: self.cfg.eps = 0.3, line 8',
      'c.eps',
      `${CLASS}c = C()\nclass T:\n    def __init__(self, cfg):\n        self.cfg = cfg\n        self.cfg.eps = 0.3\nT(c)`,
    ],
    ['several 0.1 0.4', 'c.eps', `${CLASS}c = C()\nc.eps = 0.1\ndef tune():\n    c.eps = 0.4\ntune()`],
    ['known 0.1', 'c.eps', `${CLASS}c = C()\ndef tune():\n    c.eps = 0.4\ntune()\nc.eps = 0.1`],
    [
      'several 0.1 0',
      'C().eps',
      `${CLASS}    def __post_init__(self):\n        if mixup:\n            self.eps = 0.0`,
    ],
    ['several 0.1 0', 'C().eps', `${CLASS}    def warm(self):\n        self.eps = 0.0`],
    ['known 0', 'C().eps', `${CLASS}    def __init__(self):\n        self.eps = 0.0`],
    [
      'several 0.1 0',
      'S(1).eps',
      'class B:\n    def __init__(self):\n        self.eps = 0.1\nclass S(B):\n    def __init__(self, x):\n        super().__init__()\n        if x:\n            self.eps = 0.0',
    ],
    ['unknown: cfg[k] = v, line 4', 'cfg["eps"]', 'cfg = {"eps": 0.1}\nfor k, v in new:\n    cfg[k] = v'],
    [
      'unknown: c[k] = v, line 5',
      'cfg["eps"]',
      'cfg = {"eps": 0.1}\ndef f(c):\n    for k, v in new:\n        c[k] = v\nf(cfg)',
    ],
    [
      'unknown: cfg["loss"][k] = v, line 3',
      'cfg["loss"]["eps"]',
      'cfg = {"loss": {"eps": 0.1}}\ncfg["loss"][k] = v',
    ],
    ['known 0.1', 'cfg["eps"]', 'cfg = {"eps": 0.1}\nfor i in range(3):\n    rows[i] = cfg'],
    ['known 0.1', 'cfg["eps"]', 'cfg = {"eps": 0.1}\ncfg[f"{name}_lr"] = 0.3'],
    ['known 0.3', 'cfg.get("eps", 0.5)', 'cfg = {"eps": 0.1}\ncfg["eps"] = 0.3'],
    ['callers 0.1', 'cfg.get("eps", 0.5)', 'cfg = {"eps": 0.1}\ncfg.update(new)'],
    ['several 0.3 0.5', 'cfg.get("eps", 0.5)', 'cfg = {}\nif warm:\n    cfg["eps"] = 0.3'],
  ];
  it.each(cases)('is %s for %s (%#)', (expected, alpha, lines) => {
    expect(alphaIn(`${lines}\n${loss(alpha)}`)).toBe(expected);
  });
});

describe('what many functions of one name are handed', () => {
  const CFG = 'class C:\n    eps = 0.1\ncfg = C()\n';
  const step = (i: number, set: string) => `class S${i}:\n    def step(self, c):\n        ${set}\n`;
  const many = (set: string) =>
    Array.from({ length: 30 }, (_, i) => step(i, i === 2 ? set : `c.x${i} = ${i}`)).join('');
  const run = 'for s in steps:\n    s.step(cfg)\n';

  it('may be set by any of them', () => {
    const said = alphaIn(`${CFG}${many('c.eps = 0.3')}${run}${loss('cfg.eps')}`);
    expect(said).toBe('unknown: c.eps = 0.3, line 13');
    expect(alphaIn(`${CFG}${many('setattr(c, k, v)')}${run}${loss('cfg.eps')}`)).toBe(
      'unknown: setattr(c, k, v), line 13',
    );
    const within = 'def inner(z):\n    z.eps = 0.3\n';
    expect(alphaIn(`${CFG}${within}${many('inner(c)')}${run}${loss('cfg.eps')}`)).toMatch(/^unknown: z\.eps/);
  });

  it('isn’t if none sets it', () => {
    expect(alphaIn(`${CFG}${many('c.lr = 0.3')}${run}${loss('cfg.eps')}`)).toBe('known 0.1');
    expect(alphaIn(`${CFG}${many('c.eps = 0.3')}${loss('cfg.eps')}`)).toBe('known 0.1');
  });
});

describe('one of several objects', () => {
  const TWO = 'class C:\n    eps = 0.1\na, b = C(), C()\n';
  const SET = 'c.eps = 0.3';
  const cases: readonly string[] = [
    `for i, c in enumerate((a, b)):\n    ${SET}`,
    `for c, e in zip([a, b], new):\n    ${SET}`,
    `all = [a, b]\nfor c in all:\n    ${SET}`,
    `all = [a, b]\nfor i, c in enumerate(all):\n    ${SET}`,
    `all = {'a': a, 'b': b}\nfor k, c in all.items():\n    ${SET}`,
    `all = [a, b]\nc = all[0]\n${SET}`,
    `pair = (a, b)\nc, d = pair\n${SET}`,
    `c = a if fast else b\n${SET}`,
    `def f(given=None):\n    c = given or a\n    ${SET}`,
  ];
  it.each(cases)('may be the one that is set: %s', (lines) => {
    expect(alphaIn(`${TWO}${lines}\n${loss('a.eps')}`)).toMatch(/^unknown: c\.eps = 0\.3, line \d+$/);
    const dicts = `a, b = {'eps': 0.1}, {'eps': 0.1}\n${lines.replace(SET, "c['eps'] = 0.3")}`;
    expect(alphaIn(`${dicts}\n${loss("a['eps']")}`)).toMatch(/^unknown: c\['eps'\] = 0\.3, line \d+$/);
  });
  it.each([
    `for i, c in enumerate(rows):\n    ${SET}`,
    `for c, e in zip(rows, (1, 2)):\n    ${SET}`,
    `c = d if fast else e\n${SET}`,
    `c = rows[0]\n${SET}`,
  ])('isn’t if that is another: %s', (lines) => {
    expect(alphaIn(`${TWO}${lines}\n${loss('a.eps')}`)).toBe('known 0.1');
  });
});

describe('an element of a list', () => {
  const cases: readonly (readonly [expected: RegExp, alpha: string, lines: string])[] = [
    [/^unknown/, 'rates[-1]', 'rates = [0.1, 0.2]\nrates.append(0.3)'],
    [/^known 0\.1$/, 'rates[0]', 'rates = [0.1, 0.2]\nrates.append(0.3)'],
    [/^unknown/, 'len(rates) / 10', 'rates = [0.1, 0.2]\nrates.extend(others)'],
    [/^known 0\.2$/, 'len(rates) / 10', 'rates = [0.1, 0.2]\nothers.extend(rates)'],
  ];
  it.each(cases)('is %s for %s (%#)', (expected, alpha, lines) => {
    expect(alphaIn(`${lines}\n${loss(alpha)}`)).toMatch(expected);
  });
});

describe('a name of a comprehension', () => {
  const cases: readonly Case[] = [
    ['several 0.2 0.3', `eps = 0.1\nall = [${loss('eps').slice(7)} for eps in (0.2, 0.3)]`],
    ['several 0.2 0.3', `eps = 0.1\nall = {e: ${loss('eps').slice(7)} for eps in (0.2, 0.3)}`],
    ['several 0.2 0.3', `eps = 0.1\nf(${loss('eps').slice(7)} for eps in (0.2, 0.3))`],
    ['known 0.1', `eps = 0.1\nall = [${loss('eps').slice(7)} for i in range(3)]`],
    ['callers 0.5', `all = [(lambda eps=0.5: ${loss('eps').slice(7)}) for eps in (0.2, 0.3)]`],
    ['several 0.2 0.3', `all = [(lambda eps=eps: ${loss('eps').slice(7)}) for eps in (0.2, 0.3)]`],
    ['known 0.1', `eps = 0.1\nall = [e for e in [${loss('eps').slice(7)}] for eps in (0.2, 0.3)]`],
    ['known 0.1', `eps = 0.1\nall = [eps for eps in (0.2, 0.3)]\n${loss('eps')}`],
  ];
  it.each(cases)('is its own: %s (%#)', (expected, lines) => {
    expect(alphaIn(lines)).toBe(expected);
  });
  it('may be a part of an element', () => {
    expect(alphaIn(`eps = 0.1\nall = [${loss('eps').slice(7)} for n, eps in pairs]`)).toMatch(/^unknown/);
  });
});

describe('something else in the place of an API', () => {
  const partial = 'from functools import partial\n';
  const cases: readonly Case[] = [
    ['known 0.1', `${partial}nn.CrossEntropyLoss = partial(nn.CrossEntropyLoss, label_smoothing=0.1)`],
    ['unknown: nn.CrossEntropyLoss = MyLoss, line 3', `def patch():\n    nn.CrossEntropyLoss = MyLoss`],
    [
      'unknown: torch.nn.CrossEntropyLoss = MyLoss, line 3',
      `import torch\ntorch.nn.CrossEntropyLoss = MyLoss`,
    ],
    [
      'unknown: setattr(nn, "CrossEntropyLoss", make(0.1)), line 2',
      'setattr(nn, "CrossEntropyLoss", make(0.1))',
    ],
    ['unknown: nn.CrossEntropyLoss.__init__ = init, line 2', 'nn.CrossEntropyLoss.__init__ = init'],
    [
      'unknown: nn.CrossEntropyLoss.__init__.__defaults__ = new, line 2',
      'nn.CrossEntropyLoss.__init__.__defaults__ = new',
    ],
    ['default 0', 'nn.MSELoss = MyLoss'],
    ['default 0', 'mine.CrossEntropyLoss = MyLoss'],
  ];
  it.each(cases)('does what it does: %s (%#)', (expected, lines) => {
    expect(alphaIn(`${lines}\nloss = nn.CrossEntropyLoss()`)).toBe(expected);
  });

  it('has what it was given where it was made, and what the call says', () => {
    const made = `${partial}from torch.nn import CrossEntropyLoss\nCrossEntropyLoss = partial(CrossEntropyLoss, label_smoothing=0.2)\n`;
    expect(alphaIn(`${made}CrossEntropyLoss(reduction="sum")`)).toBe('known 0.2');
    expect(alphaIn(`${made}CrossEntropyLoss(label_smoothing=0.3)`)).toBe('known 0.3');
    const twice = `${made}B = partial(CrossEntropyLoss, reduction="sum")`;
    expect(alphaIn(twice)).toBe('known 0.2');
    const five = `${partial}from torch.nn import CrossEntropyLoss\nCrossEntropyLoss = partial(CrossEntropyLoss, None, None, -100)\n`;
    expect(alphaIn(`${five}CrossEntropyLoss(None, "mean", 0.4)`)).toBe('known 0.4');
  });

  it('is none for what was made before', () => {
    expect(alphaIn('loss = nn.CrossEntropyLoss()\nnn.CrossEntropyLoss = MyLoss')).toBe('default 0');
  });
});
