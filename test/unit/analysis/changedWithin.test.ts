import { describe, expect, it } from 'vitest';
import { alphaIn } from './saidAlpha.ts';

const loss = (alpha: string) => `loss = nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const DICT = "cfg = {'eps': 0.1}\n";

describe('α stays known where', () => {
  const cases: readonly (readonly [alpha: string, lines: string])[] = [
    ["cfg['eps']", `${DICT}def count(ws):\n    cfg = {}\n    for w in ws:\n        cfg[w] = 1`],
    ["cfg['eps']", `${DICT}NUMBERS = ['lr', 'wd']\nfor k in NUMBERS:\n    cfg[k] = float(cfg[k])`],
    ["cfg['eps']", `${DICT}LR = 'lr'\ncfg[LR] = 0.5`],
    ["cfg['eps']", `${DICT}def show(hp):\n    hp = dict(hp)\n    hp['eps'] = str(hp)\nshow(cfg)`],
    ["cfg['eps']", `${DICT}def show(hp):\n    hp = copy.deepcopy(hp)\n    hp['eps'] = str(hp)\nshow(cfg)`],
    ['eps', 'eps = 0.1\nfrom ctypes import *'],
    ['eps', 'eps = 0.1\nfrom tkinter import *\nfrom ipywidgets import *\nfrom pylab import *'],
  ];
  it.each(cases)('%s is another’s: %s', (alpha, lines) => {
    expect(alphaIn(`${lines}\n${loss(alpha)}`)).toBe('known 0.1');
  });

  it('a star brings only what its module lists', () => {
    const modules = new Map([['config', "__all__ = ['x']\nx = 1\neps = 0.2\n"]]);
    expect(alphaIn(`eps = 0.1\nfrom config import *\n${loss('eps')}`, { modules })).toBe('known 0.1');
    const listed = new Map([['config', "__all__ = ['eps']\neps = 0.2\n"]]);
    expect(alphaIn(`eps = 0.1\nfrom config import *\n${loss('eps')}`, { modules: listed })).toBe('known 0.2');
  });

  const unsure: readonly (readonly [alpha: string, lines: string])[] = [
    ["cfg['eps']", `${DICT}KEYS = ['lr']\nKEYS.append('eps')\nfor k in KEYS:\n    cfg[k] = 1`],
    ["cfg['eps']", `${DICT}K = 'lr'\nif x:\n    K = 'eps'\ncfg[K] = 0.5`],
    ["cfg['eps']", `${DICT}for k in new:\n    cfg[k] = 1\nfor k in ('a', 'b'):\n    pass`],
    ["cfg['eps']", `${DICT}def f(cfg):\n    for k in new:\n        cfg[k] = 1\nf(cfg)`],
    ["cfg['eps']", `${DICT}def f(hp):\n    if x:\n        hp = dict(hp)\n    hp['eps'] = 1\nf(cfg)`],
  ];
  it('and isn’t where its own function sets it', () => {
    const made = "def f():\n    cfg = {'eps': 0.1}\n";
    const fill = '    for k, v in new:\n        cfg[k] = v\n';
    expect(alphaIn(`${made}${fill}    ${loss("cfg['eps']")}`)).toMatch(/^unknown/);
    expect(alphaIn(`${made}    cfg['eps'] = 0.2\n${fill}    ${loss("cfg['eps']")}`)).toMatch(/^unknown/);
    expect(alphaIn(`${made}    def g():\n        cfg[k] = 1\n    ${loss("cfg['eps']")}`)).toMatch(/^unknown/);
    const spread = made.replaceAll('eps', 'label_smoothing');
    expect(alphaIn(`${spread}${fill}    loss = nn.CrossEntropyLoss(**cfg)`)).toMatch(/^unknown/);
  });

  it.each(unsure)('%s isn’t: %s', (alpha, lines) => {
    expect(alphaIn(`${lines}\n${loss(alpha)}`)).toMatch(/^unknown/);
  });

  const PARSER =
    "import argparse\ndef get_args():\n    p = argparse.ArgumentParser()\n    p.add_argument('--eps', default=0.1)\n    args = p.parse_args()\n";
  const options: readonly string[] = [
    `${PARSER}    args.eps = float(args.eps)\n    return args\nargs = get_args()\n${loss('args.eps')}`,
    `${PARSER}    return args\ndef train():\n    args = get_args()\n    ${loss('args.eps').replace('\n', '')}\ndef other():\n    args = get_args()\n    args.eps = 0.0\n    run(args)`,
  ];
  it.each(options)('an option is a default (%#)', (lines) => {
    expect(alphaIn(lines)).toBe('callers 0.1');
  });
});
