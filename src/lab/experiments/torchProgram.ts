import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { smoothingOf, valuesOf } from '../../loss/conventions/smoothing.ts';
import { CLOUD_CLASSES, CLOUD_RADIUS } from '../data/clouds.ts';
import type { DataSetId } from '../data/dataSet.ts';
import type { ComparisonSettings } from './comparison.ts';

/** What each data set is in Python: features X, labels y, and which share of the training labels is drawn anew. */
const LOADED: Readonly<
  Record<
    Exclude<DataSetId, 'clouds'>,
    { readonly from: string; readonly classes: number; readonly wrong: number }
  >
> = {
  digits: { from: 'load_digits', classes: 10, wrong: 0 },
  'digits-20': { from: 'load_digits', classes: 10, wrong: 0.2 },
  'digits-40': { from: 'load_digits', classes: 10, wrong: 0.4 },
  wine: { from: 'load_wine', classes: 3, wrong: 0 },
  iris: { from: 'load_iris', classes: 3, wrong: 0 },
  breast: { from: 'load_breast_cancer', classes: 2, wrong: 0 },
};

/**
 * A program that repeats a comparison with PyTorch and scikit-learn, seed by seed, and prints accuracy, confidence and logit gap of each α. Its
 * seeds are PyTorch's own, so its numbers aren't these to the digit. Its targets are the smoothed ones, whatever the convention.
 */
export function torchProgram(data: DataSetId, settings: ComparisonSettings, seeds: number): string {
  const { alphas, sizes, hidden, epochs, batchSize, optimizer, weightDecay, convention, focal } = settings;
  const classes = data === 'clouds' ? CLOUD_CLASSES : LOADED[data].classes;
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


${rowsOf(data, sizes)}


def loss_of(z, q):
${lossOf(convention, focal)}


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
    with torch.no_grad():
        z, test = net(x), net(split["test"][0])
    own = z[torch.arange(len(y)), y]
    p, k = test.softmax(-1).max(-1)
    return {
        "accuracy": (k == split["test"][1]).float().mean().item(),
        "confidence": p.mean().item(),
        "gap": (own - (z.sum(-1) - own) / (OUTPUTS - 1)).mean().item(),
    }


for alpha, (on, off) in TARGETS.items():
    results = [train(split_of(seed), on, off, seed) for seed in range(SEEDS)]
    print(f"alpha={alpha}", *(f"{name}={np.mean([r[name] for r in results]):.4f}" for name in results[0]))
`;
}

const HEAD = `import numpy as np
import torch
from sklearn import datasets
from torch import nn
`;

/** The function \`split_of\`: training and test rows of a seed. Rows to choose by aren't needed, but left out as they were. */
function rowsOf(data: DataSetId, { train, validation }: ComparisonSettings['sizes']): string {
  const tensors = `    return {name: (torch.tensor(x, dtype=torch.float32), torch.tensor(y)) for name, (x, y) in parts.items()}`;
  if (data === 'clouds')
    return `def split_of(seed):
    # Three round clouds of normal points, ${CLOUD_RADIUS} from 0.
    numbers = np.random.default_rng(seed)
    angles = np.pi / 2 + 2 * np.pi * np.arange(CLASSES) / CLASSES
    centres = ${CLOUD_RADIUS} * np.stack([np.cos(angles), np.sin(angles)], 1)
    parts = {}
    for name, count in (("train", ${train}), ("test", 1000)):
        y = numbers.integers(CLASSES, size=count)
        parts[name] = (centres[y] + numbers.standard_normal((count, 2)), y)
${tensors}`;
  const { from, wrong } = LOADED[data];
  const scaled =
    from === 'load_digits' ? 'X / 16' : '(X - X[order[:TRAIN]].mean(0)) / X[order[:TRAIN]].std(0)';
  const wrongLines =
    wrong > 0
      ? `    replaced = numbers.random(TRAIN) < ${wrong}
    labels = y[order[:TRAIN]].copy()
    labels[replaced] = numbers.integers(CLASSES, size=replaced.sum())
`
      : '    labels = y[order[:TRAIN]]\n';
  return `X, y = datasets.${from}(return_X_y=True)
TRAIN, VALIDATION = ${train}, ${validation}


def split_of(seed):
    numbers = np.random.default_rng(seed)
    order = numbers.permutation(len(X))
    x = ${scaled}
${wrongLines}    test = order[TRAIN + VALIDATION :]
    parts = {"train": (x[order[:TRAIN]], labels), "test": (x[test], y[test])}
${tensors}`;
}

function lossOf(convention: ComparisonSettings['convention'], focal: ComparisonSettings['focal']): string {
  if (CONVENTIONS[convention].activation === 'sigmoid')
    return '    return nn.functional.binary_cross_entropy_with_logits(z, q)';
  if (focal)
    return `    p = z.softmax(-1)\n    return -(q * ${focal.balance} * (1 - p) ** ${focal.gamma} * p.log()).sum(-1).mean()`;
  return '    return -(q * z.log_softmax(-1)).sum(-1).mean()';
}
