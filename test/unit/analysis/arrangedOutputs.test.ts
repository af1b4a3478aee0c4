import { expect, it } from 'vitest';
import { inferredClasses } from '../../../src/analysis/classes/knownClasses.ts';
import { analyzed } from './corpus.ts';

/** K of the first loss, where it's claimed. */
function classesIn(source: string): number | null {
  const [config] = analyzed(source, 'python').configs;
  return inferredClasses(config!.classes.guess)?.value ?? null;
}

const HEAD = [
  'import torch',
  'from torch import nn',
  'import torch.nn.functional as F',
  'model = nn.Linear(64, 30)',
];

/** K of a loss of what's made of the output of a layer of 30. */
const ARRANGED: readonly (readonly [string, number | null])[] = [
  ['model(x)', 30],
  ['model(x).permute(0, 2, 1)', 30],
  ['model(x).transpose(1, 2)', 30],
  ['rearrange(model(x), "b t c -> b c t")', 30],
  ['model(x).flatten(0, 1)', 30],
  ['model(x).view(-1, 10)', 10],
  ['model(x).reshape((-1, 10))', 10],
  ['torch.reshape(model(x), (-1, 10))', 10],
  ['model(x).view(-1, 3, 10)', null],
  ['model(x).view(-1, 3, 10).mean(1)', null],
  ['model(x).T', null],
  ['model(x).mT', null],
  ['model(x).t()', null],
  ['model(x).permute(1, 0)', null],
  ['model(x).unflatten(1, (3, 10))', null],
  ['rearrange(model(x), "b (t c) -> b c t", c=10)', null],
  ['model(x).index_select(1, some)', null],
  ['model(x).narrow(1, 0, 10)', null],
  ['model(x)[:, :10]', null],
  ['model(x)[..., :10]', null],
  ['F.pad(model(x), (0, 1))', null],
  ['F.glu(model(x))', null],
  ['torch.einsum("bc,kc->bk", model(x), centers)', null],
  ['torch.cat([model(x), others], dim=1)', null],
];

it.each(ARRANGED)('%s has K classes: %s', (logits, classes) => {
  const loss = `loss = F.cross_entropy(${logits}, y, label_smoothing=0.1)`;
  expect(classesIn([...HEAD, loss].join('\n'))).toBe(classes);
  const steps = [...HEAD, `z = ${logits}`, 'loss = F.cross_entropy(z, y, label_smoothing=0.1)'];
  expect(classesIn(steps.join('\n'))).toBe(classes);
});

const LOSS = 'model.compile(loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1))';

it('has the classes of no layer that others follow', () => {
  const last = (...layers: string[]) =>
    classesIn(
      [
        'from torch import nn',
        'import torch.nn.functional as F',
        `model = nn.Sequential(${layers.join(', ')})`,
        'loss = F.cross_entropy(model(x), y)',
      ].join('\n'),
    );
  expect(last('nn.Linear(3, 84)')).toBe(84);
  expect(last('nn.Linear(3, 84)', 'nn.GLU()')).toBe(null);
  expect(last('nn.Linear(3, 84)', 'nn.Unflatten(1, (7, 12))')).toBe(null);
  const keras = ['from tensorflow import keras', 'from tensorflow.keras.layers import *'];
  const reshaped = 'model = keras.Sequential([Dense(30), Reshape((3, 10)), Softmax()])';
  expect(classesIn([...keras, reshaped, LOSS].join('\n'))).toBe(null);
});

it('is no layer inside a network, nor one in front of a size that callers say', () => {
  const block = [
    'from torch import nn',
    'class Block(nn.Module):',
    '    def __init__(self):',
    '        self.net = nn.Sequential(nn.Linear(10, 128), nn.ReLU())',
    'def train(model):',
    '    crit = nn.CrossEntropyLoss(label_smoothing=0.1)',
  ];
  expect(classesIn(block.join('\n'))).toBe(null);
  const built = [
    'from tensorflow import keras',
    'from tensorflow.keras import layers',
    'def build(num_classes=1):',
    '    inputs = keras.Input((32,))',
    '    x = inputs',
    '    x = layers.Dense(128, activation="relu")(x)',
    '    outputs = layers.Dense(num_classes)(x)',
    '    return keras.Model(inputs=inputs, outputs=outputs)',
    LOSS,
  ];
  expect(classesIn(built.join('\n'))).toBe(null);
});

it('is not that of CIFAR-100 where its 20 classes of classes are spoken of', () => {
  const source = (key: string) =>
    [
      'from torch import nn',
      'data = load_dataset("cifar100")',
      `y = data["${key}"]`,
      'loss = nn.CrossEntropyLoss()',
    ].join('\n');
  expect(classesIn(source('fine_label'))).toBe(100);
  expect(classesIn(source('coarse_label'))).toBe(null);
});

it('is not that of one of several networks, whatever the data have', () => {
  const source = [
    'from torch import nn',
    'nets = {"a": Small(num_classes=6), "b": Large()}',
    'data = datasets.MNIST("data")',
    'loss = nn.CrossEntropyLoss()',
  ];
  expect(classesIn(source.join('\n'))).toBe(null);
});
