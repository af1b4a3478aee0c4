import { USUAL_SETTINGS } from './stories.ts';
import type { TeacherSettings } from './teacherPlans.ts';

/**
 * A program that repeats the story of teachers with PyTorch and scikit-learn, seed by seed, and prints mean accuracies: of the teachers, of
 * their students at each T, and of students that learn from labels alone. Its seeds are PyTorch's own, so its numbers aren't these to the digit.
 */
export function torchTeachers(settings: TeacherSettings): string {
  const { alphas, temperatures, seeds, teacher, student, validationRows } = settings;
  const { optimizer, batchSize } = USUAL_SETTINGS;
  return `import numpy as np
import torch
from sklearn import datasets
from torch import nn

SEEDS, BATCH, CLASSES = ${seeds}, ${batchSize}, 10
ALPHAS, TEMPERATURES = [${alphas.join(', ')}], [${temperatures.join(', ')}]
TRAIN, VALIDATION, HANDED_ON = ${teacher.rows}, ${validationRows}, ${student.rows}
X, y = datasets.load_digits(return_X_y=True)


def split_of(seed):
    order = np.random.default_rng(seed).permutation(len(X))
    x, labels = torch.tensor(X / 16, dtype=torch.float32), torch.tensor(y)
    train, test = order[:TRAIN], order[TRAIN + VALIDATION :]
    return x[train], labels[train], x[test], labels[test]


def train(x, targets, hidden, epochs, seed, temperature=1.0):
    """The loss is T²·CE(targets, softmax(z/T)): Hinton, Vinyals and Dean 2015, section 2."""
    torch.manual_seed(seed)
    widths = [x.shape[1], *hidden, CLASSES]
    layers = [m for a, b in zip(widths, widths[1:]) for m in (nn.Linear(a, b), nn.ReLU())]
    net = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(net.parameters(), lr=${optimizer.learningRate})
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            z = net(x[rows]) / temperature
            (-temperature**2 * (targets[rows] * z.log_softmax(-1)).sum(-1).mean()).backward()
            optimizer.step()
    return net.requires_grad_(False)


results = {}
for seed in range(SEEDS):
    x, labels, test, test_labels = split_of(seed)
    handed = x[:HANDED_ON]
    one_hot = nn.functional.one_hot(labels, CLASSES).float()

    def note(name, net):
        accuracy = (net(test).argmax(-1) == test_labels).float().mean().item()
        results.setdefault(name, []).append(accuracy)

    for alpha in ALPHAS:
        targets = (1 - alpha) * one_hot + alpha / CLASSES
        teacher = train(x, targets, [${teacher.hidden.join(', ')}], ${teacher.epochs}, seed)
        note(f"teacher alpha={alpha}", teacher)
        for t in TEMPERATURES:
            soft = (teacher(handed) / t).softmax(-1)
            note(f"student alpha={alpha} T={t}", train(handed, soft, [${student.hidden.join(', ')}], ${student.epochs}, seed, t))
    note("student of labels", train(handed, one_hot[:HANDED_ON], [${student.hidden.join(', ')}], ${student.epochs}, seed))

for name, accuracies in results.items():
    print(f"{name}: {np.mean(accuracies):.4f}")
`;
}
