import { describe, expect, it } from 'vitest';
import { alphaIn } from './saidAlpha.ts';

const made = (alpha: string) => `return nn.CrossEntropyLoss(label_smoothing=${alpha})`;
const train = (alpha: string) => `def train():\n    ${made(alpha)}\n`;
const CLASS = 'class C:\n    eps = 0.1\n';

describe('what is set again behind a call of the function that uses it', () => {
  const cases: readonly (readonly [alpha: string, lines: string, set: string])[] = [
    ["cfg['eps']", "cfg = {'eps': 0.1}\n", "cfg['eps'] = 0"],
    ["cfg['eps']", "cfg = {}\ncfg['eps'] = 0.1\n", "cfg['eps'] = 0"],
    ["cfg.get('eps', 0.2)", "cfg = {'eps': 0.1}\n", "cfg['eps'] = 0"],
    ['cfg.eps', `${CLASS}cfg = C()\n`, 'cfg.eps = 0'],
    ['C.eps', CLASS, 'C.eps = 0'],
    ['eps', 'eps = 0.1\n', 'eps = 0'],
  ];
  it.each(cases)('is one of several: %s', (alpha, lines, set) => {
    const calls = `train()\n${set}\ntrain()`;
    expect(alphaIn(`${lines}${train(alpha)}${calls}`)).toBe('several 0.1 0');
    const method = `class T:\n    def train(self):\n        ${made(alpha)}\n`;
    expect(alphaIn(`${lines}${method}T().train()\n${set}\nT().train()`)).toBe('several 0.1 0');
    const inner = `${lines}${train(alpha)}${calls}`.replaceAll('\n', '\n    ');
    expect(alphaIn(`def main():\n    ${inner}`)).toBe('several 0.1 0');
    expect(alphaIn(`${train(alpha)}${calls}`, { cells: [lines] })).toBe('several 0.1 0');
  });

  it('is also what a cell above set it to', () => {
    const twice = `${train('eps')}train()\neps = 0\ntrain()\neps = 0.5\ntrain()`;
    expect(alphaIn(twice, { cells: ['eps = 0.1'] })).toMatch(/^several( 0\.1| 0| 0\.5){3}$/);
    expect(alphaIn(`${train('eps')}eps = 0.5\ntrain()`, { cells: ['eps = 0.1'] })).toBe('known 0.5');
  });

  it('is unknown where it’s not known what it was before', () => {
    const cfg = `cfg = load()\n${train('cfg.eps')}train()\ncfg.eps = 0\ntrain()`;
    expect(alphaIn(cfg)).toMatch(/^unknown/);
  });

  it('is the only one if nothing runs in between', () => {
    const cfg = "cfg = {'eps': 0.1}\n";
    expect(alphaIn(`${cfg}${train("cfg['eps']")}cfg['eps'] = 0.3\ntrain()`)).toBe('known 0.3');
    expect(alphaIn(`${cfg}cfg['eps'] = 0.3\n${train("cfg['eps']")}train()`)).toBe('known 0.3');
    expect(alphaIn(`${cfg}cfg['eps'] = 0.2\n${train("cfg['eps']")}cfg['eps'] = 0.3\ntrain()`)).toBe(
      'known 0.3',
    );
  });
});
