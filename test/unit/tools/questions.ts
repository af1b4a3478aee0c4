/** What is asked about, by name. */
export const ASKED_FILES: Readonly<Record<string, string>> = {
  'val.json': '{"logits": [[2.5, -0.5, 0.25], [0.5, 1.5, -1.0]], "targets": [0, 2], "label_smoothing": 0.2}',
  'two.json': '{"first": {"logits": [[1.5, 0.5]]}, "second": {"logits": [[1.5, -0.5]]}}',
  'log.txt': 'epoch 1 loss 0.5\nepoch 2 loss 0.4\n',
  'train.py': [
    'from torch import nn',
    '',
    'NUM_CLASSES = 10',
    'model = nn.Sequential(nn.Flatten(), nn.Linear(784, NUM_CLASSES))',
    '',
    '# smooth-labels: K=10',
    'criterion = nn.CrossEntropyLoss(label_smoothing=0.1)',
    '',
  ].join('\n'),
};

/** −Σ q ln p */
function crossEntropy(q: readonly number[], p: readonly number[]): number {
  return -q.reduce((sum, each, k) => sum + (each === 0 ? 0 : each * Math.log(p[k]!)), 0);
}
function softmax(logits: readonly number[]): number[] {
  const sum = logits.reduce((all, z) => all + Math.exp(z), 0);
  return logits.map((z) => Math.exp(z) / sum);
}
const FLOOR_10 = crossEntropy([0.91, ...Array(9).fill(0.01)], [0.91, ...Array(9).fill(0.01)]);
/** As an answer has a number. */
export const shown = (value: number) => String(Number(value.toPrecision(7)));

/** What people ask, the call that a model makes of it that has read only the tools' descriptions, and what the answer has to say. */
type Question = readonly [question: string, tool: string, input: object, says: readonly string[]];

/** About files of a folder, which has those of `ASKED_FILES`. */
export const questionsAbout = (folder: string): readonly Question[] => [
  [
    'Is 0.61 good for α = 0.1 and 10 classes?',
    'explain_loss_value',
    { value: 0.61, alpha: 0.1, classes: 10 },
    [shown(0.61 - FLOOR_10), shown(FLOOR_10), shown(Math.log(10)), 'p of the true class would be 0.72'],
  ],
  [
    'My loss with label_smoothing=0.1 and 10 classes is 0.3. How?',
    'explain_loss_value',
    { value: 0.3, alpha: 0.1, classes: 10 },
    ['impossible', shown(FLOOR_10 - 0.3), 'KL divergence', 'K is 3 at most'],
  ],
  [
    'Is a loss of 3.3 with 10 classes worse than guessing?',
    'explain_loss_value',
    { value: 3.3, alpha: 0, classes: 10 },
    ['above that of guessing', shown(Math.log(10))],
  ],
  [
    'How low can the loss go with α = 0.1 and 5 classes?',
    'compute_smoothed_loss',
    { alpha: 0.1, classes: 5 },
    [
      'Lowest possible loss (floor): 0.3896729 nats',
      `Loss: ${shown(Math.log(5))} nats (of a model that finds all 5 classes equally likely`,
      '0.92 for the true class, 0.02 for every other class',
    ],
  ],
  [
    'Is a model that gives the true class p = 0.92 at its best, with α = 0.1 and 5 classes?',
    'compute_smoothed_loss',
    { alpha: 0.1, classes: 5, p: 0.92 },
    ['Loss: 0.3896729 nats', 'excess over it: 0 nats'],
  ],
  [
    'What does F.cross_entropy give for these two rows with label_smoothing=0.1?',
    'compute_smoothed_loss',
    {
      logits: [
        [2.5, -0.5, 0.25],
        [0.5, 1.5, -1],
      ],
      targets: [0, 2],
      alpha: 0.1,
      loss: 'F.cross_entropy',
    },
    [
      shown(
        (crossEntropy([0.1 / 3 + 0.9, 0.1 / 3, 0.1 / 3], softmax([2.5, -0.5, 0.25])) +
          crossEntropy([0.1 / 3, 0.1 / 3, 0.1 / 3 + 0.9], softmax([0.5, 1.5, -1]))) /
          2,
      ),
      'Accuracy: 50 %',
    ],
  ],
  [
    'What is the loss if the model is 99 % sure, with α = 0.1 in fairseq and 1,000 classes?',
    'compute_smoothed_loss',
    { alpha: 0.1, classes: 1000, p: 0.99, loss: 'fairseq' },
    [shown(-0.9 * Math.log(0.99) - 0.1 * Math.log(0.01 / 999)), 'UNIFORM_OTHERS'],
  ],
  [
    'fairseq’s label_smoothing=0.1 in PyTorch, 10 classes?',
    'convert_label_smoothing',
    { alpha: 0.1, classes: 10, from: 'fairseq', to: 'nn.CrossEntropyLoss' },
    [`α = ${shown(1 / 9)} of nn.CrossEntropyLoss`],
  ],
  [
    'Can I have that padding class’s smoothing with nn.CrossEntropyLoss?',
    'convert_label_smoothing',
    { alpha: 0.1, classes: 10, from: 'PAD_EXCLUDED', to: 'torch.nn.CrossEntropyLoss' },
    ['No α of torch.nn.CrossEntropyLoss gives these targets'],
  ],
  [
    'Which α does train.py use?',
    'find_loss_configurations',
    { path: `${folder}/train.py` },
    [`${folder}/train.py:7`, 'α = 0.1', 'K = 10', 'targets 0.91 / 0.01', 'floor 0.500288'],
  ],
  [
    'How good are the logits in val.json?',
    'summarise_logits',
    { path: `${folder}/val.json` },
    ['2 × 3 logits, K = 3', 'Accuracy: 50 %', 'α = 0.2 (as the source says)'],
  ],
];
