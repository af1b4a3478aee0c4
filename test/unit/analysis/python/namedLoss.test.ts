import { expect, it } from 'vitest';
import { analyzed } from '../corpus.ts';

/** What is known of the only loss of a program besides α, and what isn't. */
function lossIn(call: string, before = '') {
  const source = `import torch\nfrom torch import nn\n${before}\ncriterion = nn.CrossEntropyLoss(${call})\n`;
  const [config] = analyzed(source, 'python').configs;
  const { weight, ignoreIndex, reduction } = config!.loss;
  const known = { ...(weight && { weight: [...weight] }), ignoreIndex, reduction };
  return { ...JSON.parse(JSON.stringify(known)), ...(config!.unread && { unread: config!.unread }) };
}

it('class weights are read where they’re written, through names and moves to a device', () => {
  expect(lossIn('weight=torch.tensor([1., 2.5, 0])')).toEqual({ weight: [1, 2.5, 0] });
  expect(lossIn('weight=w', 'w = torch.FloatTensor([0.2, 0.8]).to(device)')).toEqual({ weight: [0.2, 0.8] });
  expect(lossIn('None, ignore_index=0')).toEqual({ ignoreIndex: 0 });
});

it.each([
  ['weight=weights', ''],
  ['weight=torch.tensor([1., x])', ''],
  ['weight=1 / torch.tensor([1., 2.])', ''],
  ['weight=torch.tensor([1., -2.])', ''],
  ['weight=make_weights(counts)', 'counts = [1, 2]'],
])('class weights that follow from something else aren’t known: %s', (call, before) => {
  expect(lossIn(call, before)).toEqual({ unread: ['weight'] });
});

it('what is set later, or by a caller, isn’t known', () => {
  const later = 'criterion = nn.CrossEntropyLoss(weight=torch.tensor([1., 2.]))\ncriterion.weight = w\n';
  const [config] = analyzed(`import torch\nfrom torch import nn\n${later}`, 'python').configs;
  expect(config!.loss.weight).toBeUndefined();
  expect(config!.unread).toEqual(['weight']);
  expect(lossIn('ignore_index=pad')).toEqual({ unread: ['ignore_index'] });
  expect(lossIn('reduction=kind')).toEqual({ unread: ['reduction'] });
  expect(lossIn('**options')).toEqual({ unread: ['**'] });
});
