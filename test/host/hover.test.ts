import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { closeAll, hoverOn, open } from './documents.ts';

const HEAD = 'from torch import nn\nhead = nn.Linear(512, 5)\n';

describe('the hover', () => {
  afterEach(closeAll);

  it('on the callee says what the loss does, in a picture and in words', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`);
    const text = await hoverOn(document, 'CrossEntropyLoss');
    assert.ok(text);
    assert.match(
      text,
      /!\[Target over 5 classes: 0\.92 for the true class, 0\.02 for every other class\]\(data:image\/svg/,
    );
    for (const part of [
      '**α = 0.1** · `nn.CrossEntropyLoss` · PyTorch',
      'α is spread evenly over all K classes, including the true one',
      '[0.02, 0.02, 0.92, 0.02, 0.02]',
      '1 − 0.1 + 0.1/5 = **0.92**',
      '0.389673 nats',
      'ln 5 ≈ 1.6094 nats',
      'ln(0.92/0.02) ≈ 3.8286',
      'The loss can’t reach 0',
      'fairseq, ESPnet **α = 0.08**',
      'K = 5, inferred from the last layer nn.Linear(512, 5), line 2',
      'Typical for softmax losses: 0.1',
      'command:smoothLabels.openConfig?',
      'command:smoothLabels.setClasses?',
      'command:smoothLabels.copyEquivalent?',
    ])
      assert.ok(text.includes(part), `${part} isn’t in\n${text}`);
  });

  it('is on the smoothing argument, and nowhere else', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`);
    assert.ok(await hoverOn(document, 'label_smoothing'));
    assert.ok(await hoverOn(document, '0.1)'));
    assert.equal(await hoverOn(document, 'loss ='), undefined);
  });

  it('on hard targets says what 0.1 would change', async () => {
    const text = await hoverOn(await open(`${HEAD}loss = nn.CrossEntropyLoss()\n`), 'CrossEntropyLoss');
    assert.match(
      text ?? '',
      /Hard targets.*\n\nWith \*\*α = 0\.1\*\* the targets would be \*\*0\.92\*\* and \*\*0\.02\*\*/s,
    );
  });

  it('has a row each for 2, 10, 100 and 1000 classes where K isn’t known', async () => {
    const source = 'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n';
    const text = await hoverOn(await open(source), 'CrossEntropyLoss');
    for (const [count, floor] of [
      ['2', '0.1985'],
      ['10', '0.5003'],
      ['100', '0.7778'],
      ['1000', '1.0148'],
    ])
      assert.match(text ?? '', new RegExp(`\\| ${count} \\|.*${floor}`));
  });

  it('says what α is elsewhere for the same targets', async () => {
    const source =
      'from fairseq.criterions.label_smoothed_cross_entropy import label_smoothed_nll_loss\nNUM_CLASSES = 5\nloss, nll = label_smoothed_nll_loss(lprobs, target, 0.1)\n';
    const text = await hoverOn(await open(source), 'label_smoothed_nll_loss(');
    assert.match(text ?? '', /spread evenly over the K − 1 others/);
    assert.doesNotMatch(text ?? '', /UNIFORM_/);
    assert.match(text ?? '', /PyTorch, Keras, optax \*\*α = 0\.125\*\*/);
  });

  it('remarks an α that is far from what is usual', async () => {
    const text = await hoverOn(
      await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.9)\n`),
      'CrossEntropyLoss',
    );
    assert.match(text ?? '', /0\.9 is far outside that range. If it’s meant as a confidence, α is 0\.1\./);
  });

  it('shows code of the document as it is, not as Markdown', async () => {
    const source = `${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=f("[x](command:evil)"))\n`;
    const text = await hoverOn(await open(source), 'CrossEntropyLoss');
    assert.match(text ?? '', /`f\("\[x\]\(command:evil\)"\)`/);
  });
});
