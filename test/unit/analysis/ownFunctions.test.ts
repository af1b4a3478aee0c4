import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

const HEAD = `import torch
from torch import nn
import torch.nn.functional as F

def cross_entropy_loss(pred_class_logits, gt_classes, eps):
    n = pred_class_logits.size(1)
    logs = F.log_softmax(pred_class_logits, dim=1)
    q = torch.full_like(logs, eps / (n - 1)).scatter_(1, gt_classes.unsqueeze(1), 1 - eps)
    return (-q * logs).sum(1).mean()

def smooth_ce(logits, labels, smoothing=0.1):
    return (1 - smoothing) * F.nll_loss(logits.log_softmax(1), labels) - smoothing * logits.log_softmax(1).mean()

num_classes = 10
net = nn.Linear(64, 10)
disc = nn.Linear(64, 8)
`;

/** K and the targets of the last loss. */
function said(call: string) {
  const { classes, labels } = analyzed(`${HEAD}${call}\n`, 'python').configs.at(-1)!;
  return { classes: classes.guess?.value ?? null, labels };
}

describe('a function of one’s own that is called with logits and targets', () => {
  it('has the K of its logits', () => {
    expect(said('loss = smooth_ce(disc(x), y, 0.2)').classes).toBe(8);
    expect(said('loss = smooth_ce(net(x), y, 0.2)').classes).toBe(10);
    expect(said('loss = smooth_ce(logits=disc(x), labels=y, smoothing=0.2)').classes).toBe(8);
    expect(said('loss = cross_entropy_loss(disc(x), y, 0.2)').classes).toBe(8);
  });
  it('has no K where its logits have none', () => {
    expect(said('loss = smooth_ce(a @ b.T, y, 0.2)').classes).toBeNull();
  });
  it('has soft targets where those are mixed', () => {
    expect(said('loss = smooth_ce(net(x), 0.3 * a + 0.7 * b, 0.2)').labels).toBe('soft');
    expect(said('loss = smooth_ce(net(x), y, 0.2)').labels).toBe('hard');
  });
});
