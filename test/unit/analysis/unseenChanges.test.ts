import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** α of the first loss: what's known of it, and what may have set it. */
function alphaIn(...lines: readonly string[]): string {
  const { configs } = analyzed(['from torch import nn', ...lines, ''].join('\n'), 'python');
  const { state, value, unknown } = configs.find(({ api }) => api.startsWith('torch.'))!.alpha;
  const why = unknown?.place ? `: ${unknown.name}, line ${unknown.place.line + 1}` : '';
  return `${state}${value === undefined ? '' : ` ${value}`}${why}`;
}

const LOSS_OF = (alpha: string) => `loss = nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const CLASS = ['class CFG:', '    eps = 0.1'];
const MADE = 'crit = nn.CrossEntropyLoss(label_smoothing=0.1)';

describe('α isn’t known where code that doesn’t show what it sets', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['exec(open("c.py").read())', ['eps = 0.1', 'exec(open("c.py").read())', LOSS_OF('eps')]],
    ['exec(code, globals())', ['eps = 0.1', 'def read():', '    exec(code, globals())', LOSS_OF('eps')]],
    ["globals()['eps'] = 0.3", ['eps = 0.1', "globals()['eps'] = 0.3", LOSS_OF('eps')]],
    ['globals()[k] = v', ['eps = 0.1', 'for k, v in new:', '    globals()[k] = v', LOSS_OF('eps')]],
    ['globals().update(new)', ['eps = 0.1', 'globals().update(new)', LOSS_OF('eps')]],
    ['exec("import os; eps = 1")', ['eps = 0.1', 'exec("import os; eps = 1")', LOSS_OF('eps')]],
    ["builtins.exec('eps = 1')", ['eps = 0.1', "builtins.exec('eps = 1')", LOSS_OF('eps')]],
    ["globals().__setitem__('eps', 1)", ['eps = 0.1', "globals().__setitem__('eps', 1)", LOSS_OF('eps')]],
    [
      'setattr(sys.modules[__name__], k, v)',
      ['eps = 0.1', 'setattr(sys.modules[__name__], k, v)', LOSS_OF('eps')],
    ],
    [
      'setattr(to, k, v)',
      [...CLASS, 'def fill(to):', '    setattr(to, k, v)', 'c = CFG()', 'fill(c)', LOSS_OF('c.eps')],
    ],
    [
      "setattr(to, 'eps', 1)",
      [...CLASS, 'def fill(to):', "    setattr(to, 'eps', 1)", 'fill(CFG)', LOSS_OF('CFG.eps')],
    ],
    ["setattr(CFG, 'eps', 1)", [...CLASS, "setattr(CFG, 'eps', 1)", 'c = CFG()', LOSS_OF('c.eps')]],
    ['setattr(CFG, k, v)', [...CLASS, 'for k, v in new:', '    setattr(CFG, k, v)', LOSS_OF('CFG.eps')]],
    ['vars(CFG).update(new)', [...CLASS, 'vars(CFG).update(new)', LOSS_OF('CFG.eps')]],
    ['c.__dict__.update(new)', [...CLASS, 'c = CFG()', 'c.__dict__.update(new)', LOSS_OF('c.eps')]],
    ["c.__dict__['eps'] =", [...CLASS, 'c = CFG()', "c.__dict__['eps'] = 0.3", LOSS_OF('c.eps')]],
    ['setattr(c, k, v)', [...CLASS, 'c = CFG()', 'setattr(c, k, v)', LOSS_OF('getattr(c, "eps", 0.0)')]],
    [
      'setattr(self, k, v)',
      [
        ...CLASS,
        '    def read(self, new):',
        '        for k, v in new:',
        '            setattr(self, k, v)',
        'c = CFG()',
        'c.read(new)',
        LOSS_OF('c.eps'),
      ],
    ],
  ];
  it.each(cases)('may have set it: %s', (written, lines) => {
    const line = lines.findIndex((each) => each.includes(written)) + 2;
    expect(alphaIn(...lines)).toBe(`unknown: ${written}, line ${line}`);
  });

  const parsed = [
    'import argparse',
    'p = argparse.ArgumentParser()',
    "p.add_argument('--eps', default=0.1)",
    'args = p.parse_args()',
  ];
  it('replaces an option by one that is written', () => {
    expect(alphaIn(...parsed, 'vars(args).update(eps=0.3)', LOSS_OF('args.eps'))).toBe(
      'unknown: vars(args).update(eps=0.3), line 6',
    );
  });
});

describe('α is one of several', () => {
  it('where the attribute of a class is set again', () => {
    expect(alphaIn(...CLASS, 'CFG.eps = 0.3', 'c = CFG()', LOSS_OF('c.eps'))).toBe('several');
  });
});

describe('α is a default that somebody else may set', () => {
  it('where an object is made of what a file has', () => {
    const lines = ['@dataclass', 'class CFG:', '    eps: float = 0.1', 'c = CFG(**read())', LOSS_OF('c.eps')];
    expect(alphaIn(...lines)).toBe('callers 0.1');
  });

  it('where the arguments of a caller become attributes', () => {
    const init = [
      '    def __init__(self, **new):',
      '        for k, v in new.items():',
      '            setattr(self, k, v)',
    ];
    expect(alphaIn(...CLASS, ...init, '    def loss(self):', `        ${LOSS_OF('self.eps')}`)).toBe(
      'callers 0.1',
    );
    expect(alphaIn(...CLASS, ...init, 'c = CFG()', LOSS_OF('c.eps'))).toBe('known 0.1');
  });
});

describe('α is known where what is set', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['is another name', ['eps = 0.1', "globals()['other'] = 0.3", 'exec("other = 1")', LOSS_OF('eps')]],
    ['is set before', ['exec(open("c.py").read())', 'eps = 0.1', LOSS_OF('eps')]],
    ['is set behind', ['eps = 0.1', LOSS_OF('eps'), 'exec(open("c.py").read())']],
    ['is set anew', [...CLASS, 'setattr(CFG, k, v)', 'CFG.eps = 0.1', LOSS_OF('CFG.eps')]],
    ['is an import', ['eps = 0.1', 'exec(f"from {m} import *")', LOSS_OF('eps')]],
    ['is of a function', ['def f():', '    eps = 0.1', '    exec(code)', `    ${LOSS_OF('eps')}`]],
    ['has another beginning', [...CLASS, 'setattr(CFG, f"conv{i}", v)', LOSS_OF('CFG.eps')]],
    ['is a layer', [...CLASS, 'setattr(CFG, k, nn.Linear(2, 3))', LOSS_OF('CFG.eps')]],
    ['is listed', [...CLASS, 'for k in ("a", "b"):', '    setattr(CFG, k, v)', LOSS_OF('CFG.eps')]],
    [
      'is of what another function is given',
      [...CLASS, 'def fill(to):', '    setattr(to, k, v)', 'fill(other)', LOSS_OF('CFG.eps')],
    ],
    ['is of another object', [...CLASS, 'setattr(other, k, v)', LOSS_OF('CFG.eps')]],
  ];
  it.each(cases)('%s', (_, lines) => {
    expect(alphaIn(...lines)).toBe('known 0.1');
  });
});

describe('a loss whose α is set once it’s made', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['crit.label_smoothing', [MADE, 'crit.label_smoothing = 0']],
    ['crit.label_smoothing', [`${MADE}.cuda()`, 'crit.label_smoothing = 0']],
    ['other.label_smoothing', [MADE, 'other = crit', 'other.label_smoothing = 0']],
    ['loss.label_smoothing', [MADE, 'def warm(loss):', '    loss.label_smoothing = 0', 'warm(crit)']],
    ['trainer.crit.label_smoothing', [MADE, 'trainer.crit.label_smoothing = 0']],
    [
      'c.label_smoothing',
      ['def make():', '    return nn.CrossEntropyLoss()', 'c = make()', 'c.label_smoothing = 0'],
    ],
    ['each.label_smoothing', [MADE, 'for each in losses:', '    each.label_smoothing = 0']],
    ['a[0].label_smoothing', ['a = [nn.CrossEntropyLoss()]', 'a[0].label_smoothing = 0']],
    ['a[i[0]].label_smoothing', ['a = [nn.CrossEntropyLoss()]', 'a[i[0]].label_smoothing = 0']],
    ['a[0].label_smoothing', ['a = [nn.CrossEntropyLoss()]', 'a[0].label_smoothing += 0.1']],
    ['a[0].label_smoothing', ['a = [nn.CrossEntropyLoss()]', 'a[0].label_smoothing, b = 0.1, 2']],
    ['a[0].label_smoothing', ['a = [nn.CrossEntropyLoss()]', 'a[0].label_smoothing: float = 0.1']],
    ['a.label_smoothing', ['a = [nn.CrossEntropyLoss()]', "setattr(a[0], 'label_smoothing', 0)"]],
    ['crit.label_smoothing', [MADE, 'setattr(crit, key, 0)']],
    ['other.label_smoothing', [MADE, 'other = crit', "setattr(other, 'label_smoothing', 0)"]],
    [
      'loss.label_smoothing',
      [MADE, 'def warm(loss):', "    setattr(loss, 'label_smoothing', 0)", 'warm(crit)'],
    ],
    ['trainer.crit.label_smoothing', [MADE, "setattr(trainer.crit, 'label_smoothing', 0)"]],
    ['each.label_smoothing', [MADE, 'for each in losses:', "    setattr(each, 'label_smoothing', 0)"]],
  ];
  it.each(cases)('has none that is known: %s (%#)', (name, lines) => {
    expect(alphaIn(...lines)).toBe(
      `unknown: ${name}, line ${lines.length - (lines.at(-1) === 'warm(crit)' ? 1 : 0) + 1}`,
    );
  });

  const others: readonly (readonly [string, readonly string[]])[] = [
    ['a comment', [`a = [${MADE.slice(7)}]`, '# a[0].label_smoothing = 0']],
    ['nothing', [`a = [${MADE.slice(7)}]`, 'print(a[0].label_smoothing, a)', 'b = [a[0].label_smoothing]']],
    ['another object', [MADE, 'args.label_smoothing = 0', 'other.label_smoothing = 0']],
    ['one that went by the name before', ['crit = nn.MSELoss()', 'crit.label_smoothing = 0', MADE]],
    [
      'the loss of another class',
      [
        'class A:',
        '    def __init__(self):',
        `        self.${MADE}`,
        'class B:',
        '    def f(self):',
        '        self.crit.label_smoothing = 0',
      ],
    ],
  ];
  it.each(others)('keeps it if that is of %s', (_, lines) => {
    expect(alphaIn(...lines)).toMatch(/^(?:known 0\.1|default 0)$/);
  });
});
