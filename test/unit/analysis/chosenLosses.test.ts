import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../src/analysis/claims/lossClaims.ts';
import { analyzed } from './corpus.ts';

const FACTORY = [
  'from torch import nn',
  'def get_criterion(name, eps=0.1):',
  '    if name == "ls":',
  '        return nn.CrossEntropyLoss(label_smoothing=eps)',
  '    return nn.CrossEntropyLoss()',
];
const IN_LIST = FACTORY.map((line) => line.replace('name == "ls"', 'name in ("ls", "smooth")'));

/** What is said of α and of the targets of the last loss, with ten classes. */
function saidOf(factory: readonly string[], call: string) {
  const config = analyzed([...factory, call, ''].join('\n'), 'python').configs.at(-1)!;
  return [config.alpha.state, config.alpha.value, claimsOf(config, 10).floor];
}

describe.each([
  ['a comparison', FACTORY],
  ['a list', IN_LIST],
])('a loss that is chosen by a name, by %s', (_, factory) => {
  it.each([
    ['get_criterion("ls")', ['default', 0.1, 0.5002880350577578]],
    ['get_criterion("ls", eps=0)', ['known', 0, 0]],
    ['get_criterion("ce", eps=0.3)', ['known', 0, 0]],
    ['get_criterion("ce", 0.3)', ['known', 0, 0]],
  ])('%s', (call, said) => expect(saidOf(factory, `loss = ${call}`)).toEqual(said));

  it.each([
    'loss = get_criterion(args.name, eps=0.3)',
    'loss = get_criterion(name, 0.3)',
    'def f(name="ce"):\n    return get_criterion(name, 0.3)',
  ])('isn’t known where the name isn’t: %s', (call) => {
    const [state, value, floor] = saidOf(factory, call);
    expect([state, value, floor]).toEqual(['unknown', undefined, null]);
  });
});
