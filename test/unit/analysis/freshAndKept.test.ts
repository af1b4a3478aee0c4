import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

const CONFIG = 'from torch import nn\nclass Config:\n    eps = 0.1\n';
const loss = (alpha: string) => `nn.CrossEntropyLoss(label_smoothing=${alpha})`;

function alphaOf(source: string): unknown {
  const [config] = analyzed(source, 'python').configs.filter(({ name }) => name.endsWith('CrossEntropyLoss'));
  const { state, value } = config!.alpha;
  return state === 'known' ? value : state;
}

describe('an object that a function makes, sets something of, and keeps or hands on', () => {
  const trainer = (sets: string) =>
    `${CONFIG}class T:\n    def __init__(self, e, d):\n        cfg = Config()\n        ${sets}\n        self.cfg = cfg\n        self.build()\n    def build(self):\n        self.crit = ${loss('self.cfg.eps')}\nT(0.3, {})\n`;

  it.each([
    ['an attribute', trainer('cfg.eps = e')],
    ['any attribute', trainer('for k, v in d.items(): setattr(cfg, k, v)')],
    [
      'a key of a dict',
      `from torch import nn\nclass T:\n    def __init__(self, d):\n        hp = {'eps': 0.1}\n        for k, v in d.items():\n            hp[k] = v\n        self.hp = hp\n        self.build()\n    def build(self):\n        self.crit = ${loss("self.hp['eps']")}\nT({})\n`,
    ],
    [
      'a global',
      `${CONFIG}def setup(d):\n    global cfg\n    cfg = Config()\n    for k, v in d.items(): setattr(cfg, k, v)\ncfg = Config()\nsetup({'eps': 0.3})\ncrit = ${loss('cfg.eps')}\n`,
    ],
    [
      'what it calls another function with',
      `${CONFIG}def build(c):\n    return ${loss('c.eps')}\ndef main(e):\n    cfg = Config()\n    cfg.eps = e\n    return build(cfg)\nmain(0.3)\n`,
    ],
  ])('%s isn’t what the class says', (_, source) => expect(alphaOf(source)).not.toBe(0.1));
});

it.each([
  ['float', 'callers', 0.1],
  ['int', 'callers', 0],
  ['bool', 'unknown', undefined],
])('an option that is made a %s of itself is %s', (conversion, state, value) => {
  const source = `import argparse\nfrom torch import nn\np = argparse.ArgumentParser()\np.add_argument('--eps', type=float, default=0.1)\nargs = p.parse_args()\nargs.eps = ${conversion}(args.eps)\ncrit = ${loss('args.eps')}\n`;
  const [config] = analyzed(source, 'python').configs;
  expect([config!.alpha.state, config!.alpha.value]).toEqual([state, value]);
});
