import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** α of each cross-entropy that is made: its number, or what may have changed it. */
function alphasIn(code: string, context: Parameters<typeof analyzed>[2] = {}): readonly string[] {
  const { configs } = analyzed(`from torch import nn\n${code}\n`, 'python', context);
  return configs.flatMap(({ kind, api, alpha: { value, unknown } }) =>
    kind === 'call' && api.startsWith('torch.') ? [`${value ?? unknown?.name ?? '?'}`] : [],
  );
}

const CE = 'nn.CrossEntropyLoss(label_smoothing=0.1)';
const MADE = `crit = ${CE}\n`;
const off = (name: string) => `${name}.label_smoothing = 0`;

describe('a loss isn’t known to have its α where what it was put into leads to another', () => {
  const cases: readonly (readonly [set: string, lines: string])[] = [
    ['c.label_smoothing', `crits = {}\ncrits['a'] = ${CE}\nc = crits.get('a')\n${off('c')}`],
    ['c.label_smoothing', `crits = []\ncrits.append(${CE})\nc = crits[-1]\n${off('c')}`],
    ['c.label_smoothing', `crits = []\ncrits.append(${CE})\nc, = crits\n${off('c')}`],
    ['crits[0].label_smoothing', `crits = nn.ModuleList()\ncrits.append(${CE})\n${off('crits[0]')}`],
    ['crits.ce.label_smoothing', `crits = dict(ce=${CE})\n${off('crits["ce"]')}`],
    ['crits.ce.label_smoothing', `crits = {**a, 'ce': ${CE}}\n${off('crits["ce"]')}`],
    ['crits.ce.label_smoothing', `crits = {}\ncrits.update(ce=${CE})\n${off('crits["ce"]')}`],
    [
      'crits.label_smoothing',
      `crits = dict(a=${CE})\nfor n in crits:\n    setattr(crits[n], 'label_smoothing', 0)`,
    ],
    ['ns.crit.label_smoothing', `ns = types.SimpleNamespace(crit=${CE})\n${off('ns.crit')}`],
    ['d.c.label_smoothing', `${MADE}d = {'c': crit}\n${off('d["c"]')}`],
    ['d[k].label_smoothing', `${MADE}d = {'c': crit}\nfor k in d:\n    ${off('d[k]')}`],
    ['d[-1].label_smoothing', `${MADE}d = []\nd.append(crit)\n${off('d[-1]')}`],
    ['net.loss_fn.label_smoothing', `${MADE}net.loss_fn = crit\n${off('net.loss_fn')}`],
    ['trainer.loss_fn.label_smoothing', `${MADE}trainer = Trainer(net, crit)\n${off('trainer.loss_fn')}`],
    ['bag.ce.label_smoothing', `bag = Bag(${CE})\n${off('bag.ce')}`],
    ['par.module.label_smoothing', `${MADE}par = nn.DataParallel(crit)\n${off('par.module')}`],
    [
      'crits.ce.label_smoothing',
      `def make():\n    return {'ce': ${CE}}\ncrits = make()\n${off('crits["ce"]')}`,
    ],
    ['args.label_smoothing', `${MADE}for args in (crit, other):\n    ${off('args')}`],
    ['b.label_smoothing', `a, b = nn.MSELoss(), ${CE}\n${off('b')}`],
    ['crit.label_smoothing', `if (crit := ${CE}):\n    ${off('crit')}`],
    ['c.label_smoothing', `${MADE}match crit:\n    case nn.Module() as c:\n        ${off('c')}`],
    ['c.label_smoothing', `${MADE}off = lambda c: setattr(c, 'label_smoothing', 0)\noff(crit)`],
    ['c.label_smoothing', `${MADE}def off(v, c):\n    ${off('c')}\npartial(off, 0)(crit)`],
    [
      'm.label_smoothing',
      `class T(nn.Module):\n    def __init__(self):\n        self.crit = ${CE}\ndef off(m):\n    ${off('m')}\nT().apply(off)`,
    ],
    [
      'self.crit.label_smoothing',
      `class T(nn.Module):\n    def __init__(self):\n        self.add_module('crit', ${CE})\n    def off(self):\n        ${off('self.crit')}`,
    ],
    [
      'self.inner.label_smoothing = 0',
      `class T:\n    def __init__(self, c):\n        self.inner = c\n    def warm(self):\n        ${off('self.inner')}\n${MADE}T(crit).warm()`,
    ],
    ['pair[1].label_smoothing', `${MADE}pair = net, crit\n${off('pair[1]')}`],
    [
      'crit.label_smoothing',
      `make = partial(nn.CrossEntropyLoss, label_smoothing=0.1)\ncrit = make()\n${off('crit')}`,
    ],
    [
      'self.losses[k].label_smoothing',
      `class T:\n    def __init__(self):\n        self.losses = {}\n        self.losses['ce'] = ${CE}\n    def off(self):\n        for k in self.losses:\n            ${off('self.losses[k]')}`,
    ],
    [
      'setattr(c, k, v)',
      `${MADE}def off(c, **new):\n    for k, v in new.items():\n        setattr(c, k, v)\noff(crit, a=0)`,
    ],
    ['c.label_smoothing = 0', `def off(c):\n    ${off('c')}\noff(${CE})`],
  ];
  it.each(cases)('%s (%#)', (set, lines) => {
    expect(alphasIn(lines)).toContain(set);
  });

  it.each([
    [
      'def off(t):\n    t.crit.label_smoothing = 0\n',
      `class T:\n    def __init__(self):\n        self.crit = ${CE}\n        off(self)`,
    ],
    ['def off(t):\n    t["crit"].label_smoothing = 0\n', `${MADE}cfg = dict(crit=crit)\noff(cfg)`],
    ['def off(t):\n    t.label_smoothing = 0\n    return t\n', `crit = off(${CE})`],
    [
      'class off:\n    def __init__(self, c):\n        self.c = c\n    def fit(self):\n        self.c.label_smoothing = 0\n',
      `off(${CE}).fit()`,
    ],
    ['def off(c):\n    c.label_smoothing = 0\n', `crits = [${CE}]\nfor c in crits:\n    off(c)`],
  ])('also in another file (%#)', (there, here) => {
    const modules = new Map([['tools', there]]);
    expect(alphasIn(`from tools import off\n${here}`, { modules })).not.toContain('0.1');
    expect(alphasIn(`def off(t):\n    t.seen = 1\n${here}`)).toEqual(['0.1']);
  });
});

describe('a loss is known to have its α where what is set is another’s', () => {
  const cases: readonly string[] = [
    `crits = {'ce': ${CE}, 'other': nn.MSELoss()}\n${off('crits["other"]')}`,
    `${MADE}d = []\nd.append(nn.MSELoss())\n${off('d[-1]')}`,
    `${MADE}net.loss_fn = nn.MSELoss()\n${off('net.loss_fn')}`,
    `${MADE}val = copy.deepcopy(crit)\n${off('val')}`,
    `a, b = ${CE}, nn.MSELoss()\n${off('b')}`,
    `${MADE}trainer = Trainer(net, crit)\n${off('trainer.args')}\ntrainer.epoch = 3`,
    `${MADE}loss = crit(x, y)\n${off('loss')}`,
    `crits = [${CE}]\nfor c in crits:\n    total = total + c(x, y)`,
    `${MADE}def off(c):\n    ${off('c')}\noff(other)`,
    `${MADE}def off(crit):\n    ${off('crit')}\noff(nn.MSELoss())`,
    `def train():\n    ${MADE}def test():\n    crit = nn.MSELoss()\n    ${off('crit')}`,
  ];
  it.each(cases)('%s', (lines) => {
    expect(alphasIn(lines)).toContain('0.1');
  });
});

it('a loss isn’t known to have its α where a base of another file sets another', () => {
  const base = (attribute: string) =>
    new Map([['base', `class Base:\n    def step(self):\n        self.crit.${attribute} = 0\n`]]);
  const lines = `from base import Base\nclass T(Base):\n    def __init__(self):\n        self.crit = ${CE}`;
  expect(alphasIn(lines, { modules: base('label_smoothing') })).toEqual(['self.crit.label_smoothing = 0']);
  expect(alphasIn(lines, { modules: base('reduction') })).toEqual(['0.1']);
});
