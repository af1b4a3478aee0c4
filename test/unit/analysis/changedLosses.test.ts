import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** α of each loss that is made: its number, or what may have changed it. */
function alphasIn(code: string, context: Parameters<typeof analyzed>[2] = {}): readonly string[] {
  const head = 'import torch.nn.functional as F\nfrom torch import nn\n';
  const { configs } = analyzed(`${head}${code}\n`, 'python', context);
  return configs.flatMap(({ kind, name, alpha: { value, unknown } }) =>
    kind === 'call' ? [`${name} ${value ?? unknown?.name ?? '?'}`] : [],
  );
}

const CE = 'nn.CrossEntropyLoss';
const TWO = `a = ${CE}(label_smoothing=0.1)\nb = ${CE}(label_smoothing=0.2)\n`;
const LIST = `crits = [${CE}(label_smoothing=0.1), ${CE}(label_smoothing=0.2)]\n`;
const DICT = `crits = {'a': ${CE}(label_smoothing=0.1)}\n`;
const SET = 'c.label_smoothing = 0';

describe('a loss isn’t known to have its α where something else that may be it gets another', () => {
  const cases: readonly (readonly [lines: string, set?: string])[] = [
    [`${LIST}for i, c in enumerate(crits):\n    ${SET}`],
    [`${LIST}for c, e in zip(crits, alphas):\n    c.label_smoothing = e`],
    [`${TWO}for c, e in zip((a, b), alphas):\n    c.label_smoothing = e`],
    [`${DICT}for name, c in crits.items():\n    ${SET}`],
    [`${DICT}c = crits.get('a')\n${SET}`],
    [`${DICT}c = crits['a']\n${SET}`],
    [`${LIST}c = crits[0]\n${SET}`],
    [`${LIST}c, d = crits\n${SET}`],
    [`${TWO}c = a if fast else b\n${SET}`],
    [`a = ${CE}(label_smoothing=0.1)\nc = other or a\n${SET}`],
    [`a = ${CE}(label_smoothing=0.1)\nc = a.cuda()\n${SET}`],
    [`a = ${CE}(label_smoothing=0.1)\nc = prepare(a)\n${SET}`],
    [`a = ${CE}(label_smoothing=0.1)\nwith moved(a) as c:\n    ${SET}`],
    [`${TWO}(a if fast else b).label_smoothing = 0`, '(a if fast else b).label_smoothing'],
    [`${LIST}[setattr(c, 'label_smoothing', 0) for c in crits]`],
    [`${LIST}def off(cs):\n    for i, c in enumerate(cs):\n        ${SET}\noff(crits)`],
    [`${LIST}def off(c):\n    ${SET}\noff(crits[0])`],
    [`${TWO}def off(c):\n    ${SET}\noff(a if fast else b)`],
  ];
  it.each(cases.map(([lines, set = 'c.label_smoothing']) => [lines, set] as const))('%s', (lines, set) => {
    const said = alphasIn(lines);
    expect(said.length).toBeGreaterThan(0);
    expect(new Set(said)).toEqual(new Set([`${CE} ${set}`]));
  });

  it('and is where that is something else', () => {
    const loss = `a = ${CE}(label_smoothing=0.1)\n`;
    for (const lines of [
      'for i, group in enumerate(opt.param_groups):\n    group.label_smoothing = 0',
      'for i, args in enumerate(runs):\n    args.label_smoothing = 0',
      'for i, c in enumerate(rows):\n    c.value = 3',
      'c = other if fast else another\nc.label_smoothing = 0',
      'c = others[0]\nc.label_smoothing = 0',
    ])
      expect(alphasIn(`${loss}${lines}`)).toEqual([`${CE} 0.1`]);
  });
});

const OWN = `class Own(nn.Module):
    def __init__(self, eps):
        super().__init__()
        self.ce = nn.CrossEntropyLoss(label_smoothing=eps)
    def forward(self, x, y):
        return self.ce(x, y)
`;
const HELD = `class Own(nn.Module):
    def __init__(self, eps):
        super().__init__()
        self.smoothing = eps
    def forward(self, x, y):
        return F.cross_entropy(x, y, label_smoothing=self.smoothing)
`;
const NESTED = `class Outer(nn.Module):
    def __init__(self, alpha):
        super().__init__()
        self.own = Own(alpha)
    def forward(self, x, y):
        return self.own(x, y)
`;

describe('a loss of the sources isn’t known to have its α where the one inside gets another', () => {
  const cases: readonly (readonly [set: string, lines: string])[] = [
    ['Own crit.ce.label_smoothing', `${OWN}crit = Own(0.1)\ncrit.ce.label_smoothing = 0.2`],
    ['Own crit.ce.label_smoothing', `${OWN}crit = Own(0.1)\nsetattr(crit.ce, 'label_smoothing', 0.2)`],
    ['Own crit.ce', `${OWN}crit = Own(0.1)\ncrit.ce = nn.MSELoss()`],
    ['Own c.label_smoothing', `${OWN}crit = Own(0.1)\nc = crit.ce\nc.label_smoothing = 0.2`],
    [
      'Own m.label_smoothing',
      `${OWN}crit = Own(0.1)\nfor n, m in crit.named_modules():\n    m.label_smoothing = 0`,
    ],
    [
      'Own c.ce.label_smoothing',
      `${OWN}def tune(c):\n    c.ce.label_smoothing = 0.2\ncrit = Own(0.1)\ntune(crit)`,
    ],
    [
      'Own self.crit.ce.label_smoothing',
      `${OWN}class T:\n    def __init__(self):\n        self.crit = Own(0.1)\n    def warm(self):\n        self.crit.ce.label_smoothing = 0`,
    ],
    [
      'Own c.ce.label_smoothing',
      `${OWN}crits = [Own(0.1)]\nfor i, c in enumerate(crits):\n    c.ce.label_smoothing = 0`,
    ],
    ['Own crits[0].ce.label_smoothing', `${OWN}crits = [Own(0.1)]\ncrits[0].ce.label_smoothing = 0`],
    ['Own crit.smoothing', `${HELD}crit = Own(0.1)\ncrit.smoothing = 0.2`],
    [
      'Outer crit.own.ce.label_smoothing',
      `${OWN}${NESTED}crit = Outer(0.1)\ncrit.own.ce.label_smoothing = 0`,
    ],
    [
      'LS crit.label_smoothing',
      `class LS(nn.CrossEntropyLoss):\n    def __init__(self):\n        super().__init__(label_smoothing=0.1)\ncrit = LS()\ncrit.label_smoothing = 0`,
    ],
  ];
  it.each(cases)('%s (%#)', (set, lines) => {
    expect(alphasIn(lines)).toContain(set);
  });

  it('and is where that is another’s', () => {
    for (const lines of ['crit.ce.reduction = "sum"', 'other = 1', 'head.ce.bias = 0', 'crit.name = "a"'])
      expect(alphasIn(`${OWN}crit = Own(0.1)\n${lines}`)).toContain('Own 0.1');
  });
});

describe('a loss, or settings, that a function of another file or cell is handed', () => {
  const LOSS = `crit = ${CE}(label_smoothing=0.1)\n`;
  const OFF = 'def off(c):\n    c.label_smoothing = 0\n';
  const cases: readonly (readonly [set: string, there: string, here: string])[] = [
    ['c.label_smoothing = 0', OFF, `${LOSS}off(crit)`],
    [
      "setattr(c, 'label_smoothing', 0)",
      "def off(c):\n    setattr(c, 'label_smoothing', 0)\n",
      `${LOSS}off(crit)`,
    ],
    ['setattr(c, k, v)', 'def off(c, k, v):\n    setattr(c, k, v)\n', `${LOSS}off(crit, k, v)`],
    [
      'z.label_smoothing = 0',
      `def inner(z):\n    z.label_smoothing = 0\ndef off(c):\n    inner(c)\n`,
      `${LOSS}off(crit)`,
    ],
    [
      'self.c.label_smoothing = 0',
      'class off:\n    def __init__(self, c):\n        self.c = c\n    def step(self):\n        self.c.label_smoothing = 0\n',
      `${LOSS}off(crit).step()`,
    ],
    [
      'c.label_smoothing = 0',
      OFF,
      `class T:\n    def __init__(self):\n        self.crit = ${CE}(label_smoothing=0.1)\n    def warm(self):\n        off(self.crit)`,
    ],
    [
      "c['eps'] = 0",
      "def off(c):\n    c['eps'] = 0\n",
      `cfg = {'eps': 0.1}\noff(cfg)\n${CE}(label_smoothing=cfg['eps'])`,
    ],
    [
      'c.update(eps=0)',
      'def off(c):\n    c.update(eps=0)\n',
      `cfg = {'eps': 0.1}\noff(cfg)\n${CE}(label_smoothing=cfg['eps'])`,
    ],
    [
      'c.eps = 0',
      'def off(c):\n    c.eps = 0\n',
      `class C:\n    eps = 0.1\ncfg = C()\noff(cfg)\n${CE}(label_smoothing=cfg.eps)`,
    ],
  ];
  it.each(cases)('may be changed by it: %s (%#)', (set, there, here) => {
    const modules = new Map([['tools', there]]);
    expect(alphasIn(`from tools import off\n${here}`, { modules })).toContain(`${CE} ${set}`);
    expect(alphasIn(`import tools\n${here.replace('off(', 'tools.off(')}`, { modules })).toContain(
      `${CE} ${set}`,
    );
    expect(alphasIn(here, { cells: [there] })).toContain(`${CE} ${set}`);
  });

  it('may be changed by its name in a function of another cell', () => {
    const cells = ['def off():\n    crit.label_smoothing = 0\n'];
    expect(alphasIn(`${LOSS}off()`, { cells })).toEqual([`${CE} crit.label_smoothing = 0`]);
    expect(alphasIn(LOSS.replace('crit', 'other'), { cells })).toEqual([`${CE} 0.1`]);
  });

  it.each([
    ['box = [c]', 'box[0].label_smoothing = 0'],
    ["box = {'c': c}", "box['c'].label_smoothing = 0"],
    ['box = Box(c)', 'box.c.label_smoothing = 0'],
    ['d = {}', 'd = c', 'd.label_smoothing = 0'],
    ['d = c or Loss()', 'd.label_smoothing = 0'],
  ])('may be changed in what the function makes: %s, %s', (...body) => {
    const there = `def off(c):\n${body.map((line) => `    ${line}\n`).join('')}`;
    const [alpha] = alphasIn(`from tools import off\n${LOSS}off(crit)`, {
      modules: new Map([['tools', there]]),
    });
    expect(alpha).not.toBe(`${CE} 0.1`);
  });

  const same: readonly (readonly [there: string, here: string])[] = [
    [`def off(c):\n    m = Net(c)\n    m.label_smoothing = 0\n    return m\n`, `${LOSS}off(crit)`],
    [
      `def off(c):\n    out = {}\n    out['label_smoothing'] = c.label_smoothing\n    return out\n`,
      `${LOSS}off(crit)`,
    ],
    [`def off(c):\n    return c(x, y)\n`, `${LOSS}off(crit)`],
    [`${OFF.replace('off', 'another')}def off(c):\n    pass\n`, `${LOSS}off(crit)`],
    [OFF, `${LOSS}off(model)`],
    [OFF, `off(crit)\n${LOSS}`],
    [OFF.replace('label_smoothing', 'reduction'), `${LOSS}off(crit)`],
    [
      'def off(c):\n    c.eps = 0\n',
      `class C:\n    eps = 0.1\ncfg = C()\noff(cfg)\ncfg.eps = 0.1\n${CE}(label_smoothing=cfg.eps)`,
    ],
  ];
  it.each(same)('isn’t where that changes something else (%#)', (there, here) => {
    const modules = new Map([['tools', there]]);
    expect(alphasIn(`from tools import off\n${here}`, { modules })).toEqual([`${CE} 0.1`]);
    expect(alphasIn(here, { cells: [there] })).toEqual([`${CE} 0.1`]);
  });
});
