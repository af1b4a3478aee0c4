import { describe, expect, it } from 'vitest';
import { analyzed, described } from './corpus.ts';

/** What the losses of a file are, with the files it imports from. */
function lossesWith(source: string, modules: Readonly<Record<string, string>>): readonly string[] {
  const { configs } = analyzed(source, 'python', { modules: new Map(Object.entries(modules)) });
  return configs.map((config) => `${described(config)} | ${config.alpha.state}`);
}

const YACS =
  'from yacs.config import CfgNode as CN\n_C = CN()\n_C.LOSS = CN()\n_C.LOSS.LABEL_SMOOTHING = 0.1\n';
const LOSS = 'nn.CrossEntropyLoss = torch.CrossEntropyLoss.index | UNIFORM_K';

describe('a setting of a config that another file makes', () => {
  it('is followed through the name it’s imported by', () => {
    const source =
      'from torch import nn\nfrom config import cfg\nloss = nn.CrossEntropyLoss(label_smoothing=cfg.LOSS.LABEL_SMOOTHING)\n';
    expect(lossesWith(source, { config: `${YACS}cfg = _C\n` })).toEqual([
      `3: ${LOSS} | α 0.1 (import config @1, constant LOSS.LABEL_SMOOTHING @config:4) | callers`,
    ]);
  });

  it('is followed through the function that gives it', () => {
    const source =
      'from torch import nn\nfrom config import get_cfg\ncfg = get_cfg()\ncfg.merge_from_file("a.yaml")\nloss = nn.CrossEntropyLoss(label_smoothing=cfg.LOSS.LABEL_SMOOTHING)\n';
    const modules = { config: `${YACS}def get_cfg():\n    return _C.clone()\n` };
    expect(lossesWith(source, modules)).toEqual([
      `5: ${LOSS} | α 0.1 (constant LOSS.LABEL_SMOOTHING @config:4) | callers`,
    ]);
  });

  it('is asked for, as long as the file isn’t read', () => {
    const source =
      'from torch import nn\nfrom .config import cfg\nloss = nn.CrossEntropyLoss(label_smoothing=cfg.LOSS.LABEL_SMOOTHING)\n';
    expect(analyzed(source, 'python').wanted.map(({ key }) => key)).toContain('.config');
  });

  it('is unknown if the file sets another one', () => {
    const source =
      'from torch import nn\nfrom config import cfg\nloss = nn.CrossEntropyLoss(label_smoothing=cfg.LOSS.EPS)\n';
    expect(lossesWith(source, { config: `${YACS}cfg = _C\n` })).toEqual([
      `3: ${LOSS} | α ? cfg.LOSS.EPS | unknown`,
    ]);
  });
});

describe('α of a command line', () => {
  it('is a default where a variable may be set outside', () => {
    const states = (source: string, language: 'shellscript' | 'makefile' | 'yaml') =>
      analyzed(source, language).configs.map(({ alpha }) => [alpha.state, alpha.value ?? alpha.values]);
    const fallback = `$${'{LS:-0.1}'}`;
    expect(states(`python train.py --label-smoothing ${fallback}\n`, 'shellscript')).toEqual([
      ['callers', 0.1],
    ]);
    expect(states('LS ?= 0.1\nx:\n\tpython train.py --label-smoothing $(LS)\n', 'makefile')).toEqual([
      ['callers', 0.1],
    ]);
    expect(states(`label_smoothing: $${'{oc.env:LS,0.1}'}\n`, 'yaml')).toEqual([['callers', 0.1]]);
    expect(states('LS=0.1\npython train.py --label-smoothing $LS\n', 'shellscript')).toEqual([
      ['known', 0.1],
    ]);
    expect(states('python train.py -m label_smoothing=0,0.1\n', 'shellscript')).toEqual([
      ['several', [0, 0.1]],
    ]);
    expect(states('python train.py --label-smoothing $LS\n', 'shellscript')).toEqual([['unknown', []]]);
  });
});
