import { describe, expect, it } from 'vitest';
import { inferredClasses } from '../../../src/analysis/classes/knownClasses.ts';
import { analyzed } from './corpus.ts';

const IMPORTS = [
  'import torch, jax, optax, keras',
  'import torch.nn.functional as F',
  'from torch import nn',
  'from keras import layers',
  'from zoo import get_model',
];

/** K of the last loss. */
function classesIn(lines: readonly string[]): number | null {
  const { configs } = analyzed([...IMPORTS, ...lines, ''].join('\n'), 'python');
  return inferredClasses(configs.at(-1)!.classes.guess)?.value ?? null;
}

const LOSS = 'loss = F.cross_entropy(model(x), y)';
const NET = [
  'class Net(nn.Module):',
  '    def __init__(self, width, classes=10):',
  '        super().__init__()',
  '        self.out = nn.Linear(width, classes)',
  '    def forward(self, x):',
  '        return self.out(x)',
];

describe('K of a model that can’t be looked into', () => {
  it.each([
    ['what makes it is told', 12, ['model = get_model("a", classes=12).cuda()', LOSS]],
    ['by labels', 12, ['model = get_model("a", labels=12)', LOSS]],
    ['beside other layers', 12, ['model = get_model("a", num_classes=12)', 'aux = nn.Linear(8, 40)', LOSS]],
    [
      'flattened',
      12,
      [
        'model = get_model("a", num_classes=12)',
        'aux = nn.Linear(8, 40)',
        'z = model(x)',
        'loss = F.cross_entropy(z.view(-1, z.size(-1)), y)',
      ],
    ],
    [
      'flattened by a name',
      12,
      [
        'model = get_model("a", num_classes=12)',
        'aux = nn.Linear(8, 40)',
        'z = model(x)',
        'k = z.shape[-1]',
        'loss = F.cross_entropy(z.contiguous().view(-1, k), y)',
      ],
    ],
  ])('%s', (_, k, lines) => expect(classesIn(lines)).toBe(k));

  it.each([
    ['its head is replaced', ['model = get_model("a", classes=12)', 'model.fc = head(512, 7)', LOSS]],
    ['it gets another head', ['model = get_model("a", classes=12)', 'model.reset_classifier(7)', LOSS]],
    ['it’s told something unknown, too', ['model = get_model("a", classes=12, **options)', LOSS]],
    [
      'an entry of it is replaced',
      ['model = get_model("a", classes=12)', 'model.classifier[1] = head(8, 7)', LOSS],
    ],
    ['any part of it is', ['model = get_model("a", classes=12)', 'model.decoder = head(8, 7)', LOSS]],
    [
      'a method may give it another head',
      ['model = get_model("a", classes=12)', 'model.change_head(7)', LOSS],
    ],
    ['it has another name', ['model = get_model("a", classes=12)', 'm = model', 'm.adapt(7)', LOSS]],
    [
      'a function gives it another head',
      ['def tune(net):', '    net.adapt(7)', 'model = get_model("a", classes=12)', 'tune(model)', LOSS],
    ],
    [
      'what keeps it does',
      [
        'class Trainer:',
        '    def __init__(self, net):',
        '        self.net = net',
        '        self.net.adapt(7)',
        'model = get_model("a", classes=12)',
        'trainer = Trainer(model)',
        LOSS,
      ],
    ],
    [
      'a dict has it',
      [
        'models = {"a": get_model("a", classes=12)}',
        'for each in models.values():',
        '    each.adapt(7)',
        'loss = F.cross_entropy(models["a"](x), y)',
      ],
    ],
    ['it’s told another size, too', ['model = get_model("a", labels=12, out_channels=21)', LOSS]],
    [
      'it’s given labels',
      [
        'model = get_model("a", classes=12)',
        'loss = F.binary_cross_entropy_with_logits(model(x, labels), y)',
      ],
    ],
    ['it’s told by who calls', ['def f(k=12):', '    model = get_model("a", classes=k)', `    ${LOSS}`]],
    [
      'flattened to another length',
      [
        'model = get_model("a", classes=12)',
        'z = model(x)',
        'loss = F.cross_entropy(z.view(-1, w.size(-1)), y)',
      ],
    ],
  ])('is unknown where %s', (_, lines) => expect(classesIn(lines)).toBe(null));
});

describe('K of a model of a notebook', () => {
  const made = 'from zoo import get_model\nmodel = get_model("a", classes=12)';
  const classesBehind = (...cells: readonly string[]) => {
    const { configs } = analyzed(`import torch.nn.functional as F\n${LOSS}\n`, 'python', { cells });
    return inferredClasses(configs.at(-1)!.classes.guess)?.value ?? null;
  };
  it('is what it’s told', () => expect(classesBehind(made, 'model.train()')).toBe(12));
  it('is unknown where a cell gives it another head', () => {
    expect(classesBehind(made, 'model.adapt(7)')).toBe(null);
    expect(classesBehind('def tune(m):\n    m.decoder = head(7)', made, 'tune(model)')).toBe(null);
  });
});

describe('K of a model that a function makes', () => {
  const other = 'aux = nn.Linear(8, 40)';
  it.each([
    ['as it’s written there', 7, ['def make():', '    return Net(512, 7)', 'model = make()']],
    [
      'by a default that nothing changes',
      10,
      ['def make(**options):', '    return Net(512, **options)', 'model = make()'],
    ],
    [
      'through another',
      10,
      [
        'def make(**options):',
        '    return Net(512, **options)',
        'def build():',
        '    net = make()',
        '    net = net.cuda()',
        '    return net',
        'model = build()',
      ],
    ],
  ])('%s', (_, k, lines) => expect(classesIn([...NET, other, ...lines, LOSS])).toBe(k));

  it.each([
    [
      'it tells more itself',
      [
        'def make(**options):',
        '    options.update(classes=n)',
        '    return Net(512, **options)',
        'model = make()',
      ],
    ],
    ['it’s told more', ['def make(**options):', '    return Net(512, **options)', 'model = make(classes=n)']],
    ['it’s told by its own default', ['def make(k=10):', '    return Net(512, k)', 'model = make(n)']],
    ['it has options of its own', ['def make():', '    return Net(512, **OPTIONS)', 'model = make()']],
  ])('is unknown where %s', (_, lines) => expect(classesIn([...NET, ...lines, LOSS])).toBe(null));
});

describe('K by a constant for classes', () => {
  const loss = 'crit = nn.CrossEntropyLoss()';
  it.each([
    ['CIFAR_CLASSES = 10', 10],
    ['CLASSES = 1000', 1000],
    ['classes = 23', null],
    ['BASE_CLASSES = 60', null],
    ['TASK_CLASSES = 5', null],
    ['CLASSES = count()', null],
    ['CLASSES = 10\nhead = nn.Linear(8, 12)', null],
  ])('%s', (lines, k) => expect(classesIn([...lines.split('\n'), loss])).toBe(k));
});

describe('K of one output of several', () => {
  const model = [
    'kind = layers.Dense(4, activation="softmax", name="kind")(x)',
    'size = layers.Dense(7, activation="softmax", name="size")(x)',
    'model = keras.Model(inputs=[x], outputs=[kind, size])',
  ];
  it.each([
    ['model.compile(loss=["sparse_categorical_crossentropy", "mse"])', 4],
    ['model.compile(loss=["mse", "sparse_categorical_crossentropy"])', 7],
    ['model.compile(loss={"size": keras.losses.SparseCategoricalCrossentropy(), "kind": "mse"})', 7],
    ['model.compile(loss={"kind": "sparse_categorical_crossentropy", "size": "mse"})', 4],
    ['model.compile(loss={"colour": "sparse_categorical_crossentropy", "size": "mse"})', null],
    ['model.compile(loss=["mse", "sparse_categorical_crossentropy", "mse"])', null],
  ])('%s', (compiled, k) => expect(classesIn([...model, compiled])).toBe(k));

  it('is unknown where the list of outputs is turned round', () => {
    const turned = ['outputs = [kind, size]', 'outputs.reverse()', 'model = keras.Model(x, outputs)'];
    const compiled = 'model.compile(loss=["mse", "sparse_categorical_crossentropy"])';
    expect(classesIn([...model.slice(0, 2), ...turned, compiled])).toBe(null);
  });
});

describe('K by the shape of what a loss gets', () => {
  it.each([
    ['z = torch.randn(8, 5)\nloss = F.cross_entropy(z, y)', 5],
    ['loss = F.cross_entropy(torch.rand((8, 6), requires_grad=True), y)', 6],
    ['def f(k=5):\n    loss = F.cross_entropy(torch.randn(8, k), y)', null],
    ['loss = F.cross_entropy(torch.randn(8, 5, 32, 32), y)', null],
    ['z = torch.randn(8, 5)\nz.t_()\nloss = F.cross_entropy(z, y)', null],
    [
      'q = jax.nn.one_hot(y, 9)\nif smooth:\n    q = optax.smooth_labels(q, a)\nloss = optax.softmax_cross_entropy(z, q)',
      9,
    ],
  ])('%s', (lines, k) => expect(classesIn(lines.split('\n'))).toBe(k));
});
