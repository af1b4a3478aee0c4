import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { smoothingOf, valuesOf } from '../../loss/conventions/smoothing.ts';
import type { DataSetId } from '../data/dataSet.ts';
import { ECE_BINS } from '../measure/labFigures.ts';
import type { ComparisonSettings } from './comparison.ts';
import { type OwnTorchData, torchClasses, torchRows } from './torchRows.ts';

/**
 * A program that repeats a comparison with PyTorch, seed by seed, and prints accuracy, calibration and logit gap of each α. Its seeds are
 * PyTorch's own, so its numbers aren't these to the digit. Its targets are the smoothed ones, whatever the convention.
 */
export function torchProgram(
  data: DataSetId | OwnTorchData,
  settings: ComparisonSettings,
  seeds: number,
): string {
  const { alphas, sizes, hidden, epochs, batchSize, optimizer, weightDecay, convention, focal } = settings;
  const classes = torchClasses(data);
  // A sigmoid for each class has no calibration of the class that is predicted.
  const isCalibrated = CONVENTIONS[convention].activation === 'softmax';
  const outputs = CONVENTIONS[convention].padded ? classes + 1 : classes;
  const values = alphas.map((labelSmoothing) => {
    const ignoreIndex = outputs > classes ? classes : null;
    const { on, off } = valuesOf(smoothingOf({ convention, labelSmoothing, ignoreIndex }, outputs));
    return `    ${labelSmoothing}: (${on}, ${off}),`;
  });
  const steps =
    optimizer.kind === 'adam'
      ? `torch.optim.Adam(net.parameters(), lr=${optimizer.learningRate}, weight_decay=${weightDecay})`
      : `torch.optim.SGD(net.parameters(), lr=${optimizer.learningRate}, momentum=${optimizer.momentum}, weight_decay=${weightDecay})`;
  return `${HEAD}
SEEDS, EPOCHS, BATCH = ${seeds}, ${epochs}, ${batchSize}
CLASSES, OUTPUTS, HIDDEN = ${classes}, ${outputs}, [${hidden.join(', ')}]
# What label smoothing turns a label's 1 and 0 into, in the convention ${convention}.
TARGETS = {
${values.join('\n')}
}


${torchRows(data, sizes)}


def loss_of(z, q):
${lossOf(convention, focal)}
${isCalibrated ? CALIBRATION : ''}

def train(split, on, off, seed):
    x, y = split["train"]
    torch.manual_seed(seed)
    widths = [x.shape[1], *HIDDEN, OUTPUTS]
    layers = [m for a, b in zip(widths, widths[1:]) for m in (nn.Linear(a, b), nn.ReLU())]
    net = nn.Sequential(*layers[:-1])
    optimizer = ${steps}
    q = torch.full((len(y), OUTPUTS), off, dtype=torch.float32)
${outputs > classes ? '    q[:, CLASSES:] = 0\n' : ''}    q[torch.arange(len(y)), y] = on
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(y)).split(BATCH):
            optimizer.zero_grad()
            loss_of(net(x[rows]), q[rows]).backward()
            optimizer.step()
    net.requires_grad_(False)
    z, test, labels = net(x), net(split["test"][0]), split["test"][1]
    own = z[torch.arange(len(y)), y]
    p, k = test.softmax(-1).max(-1)
    return {
        "accuracy": (k == labels).float().mean().item(),
        "confidence": p.mean().item(),
        "gap": (own - (z.sum(-1) - own) / (OUTPUTS - 1)).mean().item(),
${isCalibrated ? SCORES : ''}    }


for alpha, (on, off) in TARGETS.items():
    results = [train(split_of(seed), on, off, seed) for seed in range(SEEDS)]
    print(f"alpha={alpha}", *(f"{name}={np.mean([r[name] for r in results]):.4f}" for name in results[0]))
`;
}

const HEAD = `import numpy as np
import torch
from torch import nn
`;

const CALIBRATION = `

def nll(z, y):
    return nn.functional.cross_entropy(z, y)


def ece(z, y):
    p, k = z.softmax(-1).max(-1)
    edges = torch.linspace(0, 1, ${ECE_BINS + 1})
    bins = torch.bucketize(p, edges).clamp(1, ${ECE_BINS})
    miss = p - (k == y).float()
    return sum(miss[bins == b].sum().abs() for b in range(1, ${ECE_BINS + 1})) / len(y)


def temperature_of(z, y):
    # Who is right about every row has no best temperature: the lower, the better.
    if (z.argmax(-1) == y).all():
        return float("nan")
    log_t = torch.zeros((), requires_grad=True)
    fit = torch.optim.LBFGS([log_t], max_iter=100, line_search_fn="strong_wolfe")

    def closure():
        fit.zero_grad()
        loss = nll(z / log_t.exp(), y)
        loss.backward()
        return loss

    fit.step(closure)
    return log_t.exp().item()

`;

/** Of the test rows as they are, and at the temperature that suits rows which are neither trained nor judged on. */
const SCORES = `        "nll": nll(test, labels).item(),
        "ece": ece(test, labels).item(),
        "temperature": (t := temperature_of(net(split["validation"][0]), split["validation"][1])),
        "nll_scaled": nll(test / t, labels).item(),
        "ece_scaled": ece(test / t, labels).item(),
`;

function lossOf(convention: ComparisonSettings['convention'], focal: ComparisonSettings['focal']): string {
  if (CONVENTIONS[convention].activation === 'sigmoid')
    return '    return nn.functional.binary_cross_entropy_with_logits(z, q)';
  if (focal)
    return `    p = z.softmax(-1)\n    return -(q * ${focal.balance} * (1 - p) ** ${focal.gamma} * p.log()).sum(-1).mean()`;
  return '    return -(q * z.log_softmax(-1)).sum(-1).mean()';
}
