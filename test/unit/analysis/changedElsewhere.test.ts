import { describe, expect, it } from 'vitest';
import { alphaIn } from './saidAlpha.ts';

const loss = (alpha: string) => `loss = nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const CLASS = 'class CFG:\n    eps = 0.1\n';
const DICT = "cfg = {'eps': 0.1}\n";

describe('what a cell between changes', () => {
  const cases: readonly (readonly [expected: string, alpha: string, ...cells: string[]])[] = [
    ['known 0.3', 'CFG.eps', CLASS, 'CFG.eps = 0.3'],
    ['known 0.3', 'cfg["eps"]', DICT, "cfg['eps'] = 0.3"],
    ["unknown: globals()['eps'] = 0.3, cell 1 line 1", 'eps', 'eps = 0.1', "globals()['eps'] = 0.3"],
    [
      'unknown: setattr(CFG, k, v), cell 1 line 2',
      'CFG.eps',
      CLASS,
      'for k, v in new.items():\n    setattr(CFG, k, v)',
    ],
    ['unknown: from config import *, cell 1 line 1', 'eps', 'eps = 0.1', 'from config import *'],
    ['unknown: %run config.py, cell 1 line 1', 'eps', 'eps = 0.1', '%run config.py'],
    ['unknown: c.eps = 0.3, cell 1 line 2', 'CFG.eps', CLASS, 'c = CFG\nc.eps = 0.3'],
    ['several 0.1 0.3', 'CFG.eps', CLASS, 'if fast:\n    CFG.eps = 0.3'],
    ['unknown: CFG.eps = 0.3, cell 1 line 2', 'CFG.eps', CLASS, 'def tune():\n    CFG.eps = 0.3\ntune()'],
    ['callers 0.1', 'cfg["eps"]', DICT, 'cfg.update(new)'],
    ['known 0.3', 'CFG.eps', CLASS, 'CFG.eps = 0.2', 'CFG.eps = 0.3'],
    ['unknown: setattr(CFG, k, v), cell 2 line 1', 'CFG.eps', CLASS, 'CFG.eps = 0.2', 'setattr(CFG, k, v)'],
  ];
  it.each(cases)('is seen: %s for %s (%#)', (expected, alpha, ...cells) => {
    expect(alphaIn(loss(alpha), { cells })).toBe(expected);
  });

  it('is seen of a class, for its objects, and of the name of one', () => {
    const set = 'unknown: CFG.eps = 0.3, cell 1 line 1';
    expect(alphaIn(loss('c.eps'), { cells: [`${CLASS}c = CFG()`, 'CFG.eps = 0.3'] })).toBe(set);
    expect(alphaIn(`c = CFG()\n${loss('c.eps')}`, { cells: [CLASS, 'CFG.eps = 0.3'] })).toBe(set);
    expect(alphaIn(`c = CFG\n${loss('c.eps')}`, { cells: [CLASS, 'CFG.eps = 0.3'] })).toBe(set);
    for (const line of ['%run config.py', 'from config import *'])
      expect(alphaIn(loss('CFG.eps'), { cells: [CLASS, line] })).toBe(`unknown: ${line}, cell 1 line 1`);
    const own = [`${CLASS}c = CFG()`, 'CFG.eps = 0.3', 'c.eps = 0.1'];
    expect(alphaIn(loss('c.eps'), { cells: own })).toBe('known 0.1');
  });

  it('is seen of what a command line has', () => {
    const parser = "import argparse\np = argparse.ArgumentParser()\np.add_argument('--eps', default=0.1)\n";
    const cells = [`${parser}args = p.parse_args()`, 'args.eps = 0.3'];
    expect(alphaIn(loss('args.eps'), { cells })).toBe('known 0.3');
  });

  const same: readonly (readonly [alpha: string, ...cells: string[]])[] = [
    ['CFG.eps', CLASS, 'CFG.lr = 0.3'],
    ['CFG.eps', 'CFG.eps = 0.3', CLASS],
    ['CFG.eps', CLASS, 'other.eps = 0.3'],
    ['cfg["eps"]', "cfg = {}\ncfg['eps'] = 0.3", DICT],
    ['eps', '%run config.py', 'eps = 0.1'],
    ['eps', 'eps = 0.1', '!python config.py'],
    ['eps', 'eps = 0.1', "globals()['other'] = 0.3"],
    ['eps', 'eps = 0.1', 'from math import *'],
    ['CFG.eps', CLASS, 'setattr(CFG, k, v)', 'CFG.eps = 0.1'],
  ];
  it.each(same)('is nothing where it’s of another: %s (%#)', (alpha, ...cells) => {
    expect(alphaIn(loss(alpha), { cells })).toBe('known 0.1');
  });
});

describe('what the module that an object is from changes', () => {
  const made = `${CLASS}cfg = CFG()\n`;
  const cases: readonly (readonly [expected: string, alpha: string, config: string])[] = [
    ['known 0.3', 'CFG.eps', `${CLASS}CFG.eps = 0.3`],
    ['known 0.3', 'cfg.eps', `${made}cfg.eps = 0.3`],
    ['known 0.3', 'cfg["eps"]', `${DICT}cfg['eps'] = 0.3`],
    ['unknown: c["eps"] = 0.3, config line 3', 'cfg["eps"]', `${DICT}c = cfg\nc["eps"] = 0.3`],
    ['callers 0.1', 'cfg["eps"]', `${DICT}cfg.update(json.load(f))`],
    ['unknown: cfg.__dict__.update(new), config line 4', 'cfg.eps', `${made}cfg.__dict__.update(new)`],
    [
      'unknown: setattr(cfg, k, v), config line 5',
      'cfg.eps',
      `${made}for k, v in new:\n    setattr(cfg, k, v)`,
    ],
    [
      'unknown: setattr(CFG, k, v), config line 4',
      'CFG.eps',
      `${CLASS}for k, v in new:\n    setattr(CFG, k, v)`,
    ],
    ['several 0.1 0.3', 'CFG.eps', `${CLASS}if fast:\n    CFG.eps = 0.3`],
    ['unknown: CFG.eps = 0.3, config line 4', 'CFG.eps', `${CLASS}def tune():\n    CFG.eps = 0.3`],
    ['known 0.1', 'CFG.eps', `${CLASS}CFG.lr = 0.3`],
    ['known 0.1', 'cfg["eps"]', `${DICT}cfg['lr'] = 0.3\ncfg.update(lr=0.3)`],
  ];
  it.each(cases)('is seen: %s for %s (%#)', (expected, alpha, config) => {
    const modules = new Map([['config', config]]);
    expect(alphaIn(`from config import CFG, cfg\n${loss(alpha)}`, { modules })).toBe(expected);
    expect(alphaIn(`import config\n${loss(`config.${alpha}`)}`, { modules })).toBe(expected);
  });

  const set: readonly (readonly [set: string, alpha: string])[] = [
    ["setattr(config, 'eps', 0.3)", 'config.eps'],
    ['vars(config).update(eps=0.3)', 'config.eps'],
    ['setattr(config.CFG, "eps", 0.3)', 'config.CFG.eps'],
    ['config.cfg.update(eps=0.3)', 'config.cfg["eps"]'],
  ];
  it.each(set)('is seen where who imports it changes it: %s', (line, alpha) => {
    const modules = new Map([['config', `eps = 0.1\n${CLASS}${DICT}`]]);
    expect(alphaIn(`import config\n${line}\n${loss(alpha)}`, { modules })).toBe(`unknown: ${line}, line 3`);
    expect(alphaIn(`import config\n${loss(alpha)}`, { modules })).toBe('known 0.1');
  });
});

describe('an attribute that is set where that is seen', () => {
  const YACS = 'from yacs.config import CfgNode as CN\nC = CN()\n';
  const cases: readonly (readonly [expected: RegExp, alpha: string, lines: string])[] = [
    [
      /^unknown: c\.eps = 0\.0, line 3$/,
      'cfg.eps',
      'def debug(c):\n    c.eps = 0.0\ncfg.eps = 0.1\ndebug(cfg)',
    ],
    [/^unknown: c\.eps = 0\.3, line 4$/, 'cfg.eps', 'cfg.eps = 0.1\nc = cfg\nc.eps = 0.3'],
    [/^unknown: cfg\.update\(eps=0\.3\), line 3$/, 'cfg["eps"]', "cfg['eps'] = 0.1\ncfg.update(eps=0.3)"],
    [/^(?:unknown|callers 0\.1)/, 'cfg["eps"]', "cfg['eps'] = 0.1\ncfg.update(json.load(f))"],
    [/^callers 0\.1$/, 'C.EPS', `${YACS}C.EPS = 0.1\nC.merge_from_file('x.yaml')`],
    [/^callers 0\.1$/, 'C.EPS', `${YACS}C.EPS = 0.1\nC.merge_from_list(args.opts)`],
    [/^known 0\.2$/, 'C.LOSS.EPS', `${YACS}C.LOSS.EPS = 0.1\nC.merge_from_list(["LOSS.EPS", 0.2])`],
    [/^known 0\.1$/, 'cfg.eps', 'c = cfg\nc.eps = 0.3\ncfg.eps = 0.1'],
    [/^known 0\.1$/, 'cfg.eps', 'def debug(c):\n    c.eps = 0.0\ndebug(cfg)\ncfg.eps = 0.1'],
    [/^known 0\.1$/, 'cfg["eps"]', "cfg.update(new)\ncfg['eps'] = 0.1"],
    [/^known 0\.1$/, 'C.EPS', `${YACS}C.merge_from_file('x.yaml')\nC.EPS = 0.1`],
  ];
  it.each(cases)('may be changed otherwise: %s for %s (%#)', (expected, alpha, lines) => {
    expect(alphaIn(`${lines}\n${loss(alpha)}`)).toMatch(expected);
  });

  const tune = (call: string) => `def tune():\n    cfg.eps = 0.4\n${call}`;
  const meanwhile: readonly string[] = [
    tune('cfg.eps = 0.1\nrun(tune)'),
    tune('r = tune\ncfg.eps = 0.1\nr()'),
    tune('def all():\n    tune()\ncfg.eps = 0.1\nall()'),
    tune('hooks.append(tune)\ncfg.eps = 0.1\nhooks[0]()'),
    'class T:\n    def __init__(self):\n        cfg.eps = 0.4\ncfg.eps = 0.1\nT()',
  ];
  it.each(meanwhile)('may be changed by what has run since (%#)', (lines) => {
    expect(alphaIn(`class C: pass\ncfg = C()\n${lines}\n${loss('cfg.eps')}`)).toMatch(
      /^several 0\.[14] 0\.[14]$/,
    );
  });
});

describe('a dict that ** brings', () => {
  it('has what a loop puts into it', () => {
    const fill = 'for k, v in new.items():\n    kw[k] = v\nloss = nn.CrossEntropyLoss(**kw)';
    expect(alphaIn(`kw = {}\n${fill}`)).toMatch(/^unknown/);
    expect(alphaIn(`kw = {'label_smoothing': 0.1}\n${fill}`)).toMatch(/^unknown/);
    const call = 'def fill(kw):\n    for k in new:\n        kw[k] = 1\n';
    expect(
      alphaIn(`${call}kw = {'label_smoothing': 0.1}\nfill(kw)\nloss = nn.CrossEntropyLoss(**kw)`),
    ).toMatch(/^unknown/);
    const other = "kw = {'label_smoothing': 0.1}\nkw['reduction'] = 'sum'\nfor i in x:\n    rows[i] = kw\n";
    expect(alphaIn(`${other}loss = nn.CrossEntropyLoss(**kw)`)).toBe('known 0.1');
  });
});

describe('an object that fills itself', () => {
  const FILL = 'def fill(obj, conf):\n    for k, v in conf.items():\n        setattr(obj, k, v)\n';
  const of = (init: string, more = '') =>
    `${FILL}class Config:\n    def __init__(self, path=None, **kw):\n        self.eps = 0.1\n${init}${more}`;
  const LOAD =
    '    def _load(self, path):\n        for k, v in read(path):\n            setattr(self, k, v)\n';
  const cases: readonly (readonly [expected: RegExp, lines: string])[] = [
    [
      /^known 0\.3$|^unknown: self\.__dict__\.update\(kw\)/,
      `${of('        self.__dict__.update(kw)\n')}c = Config(eps=0.3)`,
    ],
    [
      /^known 0\.3$|^unknown: setattr\(self, k, v\)/,
      `${of('        for k, v in kw.items():\n            setattr(self, k, v)\n')}c = Config(eps=0.3)`,
    ],
    [/^unknown: setattr\(self, k, v\)/, `${of('        self._load(path)\n', LOAD)}c = Config("x")`],
    [/^unknown: setattr\(obj, k, v\)/, `${of('        fill(self, kw)\n')}c = Config("x")`],
    [/^callers 0\.1$/, `${of('        self.__dict__.update(kw)\n')}c = Config(**new)`],
    [/^known 0\.1$/, `${of('        self.__dict__.update(kw)\n')}c = Config(lr=0.3)`],
    [/^known 0\.1$/, `${of('', LOAD)}c = Config()`],
    [/^known 0\.1$/, `${of('        fill(other, kw)\n')}c = Config()`],
  ];
  it.each(cases)('has what that may set: %s (%#)', (expected, lines) => {
    expect(alphaIn(`${lines}\n${loss('c.eps')}`)).toMatch(expected);
  });
});

describe('what a loop sets behind the use', () => {
  const looped = (alpha: string, set: string) => `for fold in range(3):\n    ${loss(alpha)}\n    ${set}`;
  it('is one of several', () => {
    expect(alphaIn(`${CLASS}${looped('CFG.eps', 'CFG.eps = 0.0')}`)).toBe('several 0.1 0');
    expect(alphaIn(`${DICT}${looped("cfg['eps']", "cfg['eps'] = 0.0")}`)).toBe('several 0.1 0');
    expect(alphaIn(`eps = 0.1\n${looped('eps', "globals()['eps'] = 0.0")}`)).toMatch(/^unknown: globals\(\)/);
    expect(alphaIn(`eps = 0.1\n${looped('eps', "x['eps'] = 0.0")}`)).toBe('known 0.1');
    expect(alphaIn(`c = cfg\ncfg.eps = 0.1\n${looped('cfg.eps', 'c.eps = 0.0')}`)).toMatch(
      /^unknown: c\.eps/,
    );
    const inside = looped('cfg.eps', 'c.eps = 0.0').replaceAll('\n', '\n    ');
    expect(alphaIn(`def f(c):\n    cfg = c\n    cfg.eps = 0.1\n    ${inside}`)).toMatch(/^unknown: c\.eps/);
    expect(alphaIn(`c = cfg\ncfg.eps = 0.1\n${loss('cfg.eps')}\nc.eps = 0.0`)).toBe('known 0.1');
    expect(alphaIn(`${CLASS}for i in x:\n    CFG.eps = 0.1\n    ${loss('CFG.eps')}\n    CFG.eps = 0.0`)).toBe(
      'known 0.1',
    );
  });
});

describe('a key of a dict in a dict', () => {
  const NESTED = "cfg = {'loss': {'eps': 0.1}}\n";
  const cases: readonly (readonly [why: string, lines: string])[] = [
    ["c['loss']['eps'] = 0.4, line 4", "def f(c):\n    c['loss']['eps'] = 0.4\nf(cfg)"],
    ["c['loss']['eps'] = 0.4, line 4", "c = cfg\nc['loss']['eps'] = 0.4"],
    ["s['eps'] = 0.4, line 4", "for s in cfg.values():\n    s['eps'] = 0.4"],
    ['cfg[sec][k] = v, line 4', 'for sec, k, v in new:\n    cfg[sec][k] = v'],
    ['cfg[k] = v, line 4', 'for k, v in new.items():\n    cfg[k] = v'],
    ["c['loss'] = {}, line 4", "c = cfg\nc['loss'] = {}"],
  ];
  it.each(cases)('may be set by another name of one: %s', (why, lines) => {
    expect(alphaIn(`${NESTED}${lines}\n${loss("cfg['loss']['eps']")}`)).toBe(`unknown: ${why}`);
  });
  it('is what it is if another is set', () => {
    const lines =
      "c = cfg\nc['data']['eps'] = 0.4\nc['loss']['lr'] = 0.4\nfor s in other.values():\n    s['eps'] = 1";
    expect(alphaIn(`${NESTED}${lines}\n${loss("cfg['loss']['eps']")}`)).toBe('known 0.1');
  });
});

describe('a key of a dict in a dict that another file or cell has', () => {
  const NESTED = "cfg = {'loss': {'eps': 0.1}}\n";
  const cases: readonly string[] = [
    'cfg[sec][k] = v',
    "cfg['loss'][k] = v",
    'cfg[sec] = new',
    "c = cfg\nc['loss']['eps'] = 0.4",
  ];
  it.each(cases)('may be set there: %s', (line) => {
    const use = loss("cfg['loss']['eps']");
    const modules = new Map([['config', NESTED + line]]);
    expect(alphaIn(`from config import cfg\n${use}`, { modules })).toMatch(/^unknown: /);
    expect(alphaIn(use, { cells: [NESTED, line] })).toMatch(/^unknown: /);
    expect(alphaIn(use, { cells: [NESTED + line] })).toMatch(/^unknown: /);
    expect(alphaIn(use, { cells: [NESTED, "cfg['data'][k] = 1"] })).toBe('known 0.1');
  });
});
