import { parser } from '@lezer/python';
import { expect, it } from 'vitest';
import { LossDocument } from '../../src/analysis/lossDocument.ts';
import { finish } from '../../src/loss/work.ts';
import { interleaved, median } from './interleaved.ts';

/** A training script: models, loops and losses, in about so many lines. */
function script(lines: number): string {
  const head = [
    'import torch',
    'from torch import nn',
    'import torch.nn.functional as F',
    'SMOOTHING = 0.1',
    '',
  ];
  const part = (i: number) => [
    `class Net${i}(nn.Module):`,
    `    """A network of ${i} layers.`,
    '',
    '    Trained with CrossEntropyLoss(label_smoothing=0.1), as the others are.',
    '    """',
    '',
    '    def __init__(self, width=64, num_classes=10, smoothing=SMOOTHING):',
    '        super().__init__()',
    '        self.body = nn.Sequential(nn.Linear(784, width), nn.ReLU(), nn.Dropout(0.1))',
    '        self.head = nn.Linear(width, num_classes)',
    '        self.criterion = nn.CrossEntropyLoss(label_smoothing=smoothing, reduction="none")',
    '',
    '    def forward(self, x, mask=None):',
    '        """Logits (N, K) of images (N, 1, 28, 28), with a mask (N) of those that count.',
    '',
    '        Those that do not are replaced by the mean of the batch.',
    '        """',
    '        x = self.body(x.flatten(1))',
    '        if mask is not None:',
    '            x = x * mask[:, None] + x.mean(dim=0, keepdim=True) * (1 - mask[:, None])',
    '        return self.head(x)',
    '',
    `def train${i}(model, loader, optimizer, epochs=10, log=print):`,
    '    """Trains it, and gives what the last epoch came to."""',
    '    # What is summed up is divided by the count in the end: the last batch is smaller.',
    '    for epoch in range(epochs):',
    '        total = {"loss": 0.0, "count": 0, "correct": [0, 0, 0]}',
    '        for step, (x, y) in enumerate(loader):',
    '            logits = model(x)',
    `            loss = F.cross_entropy(logits, y, label_smoothing=0.0${(i % 9) + 1})`,
    '            # Gradients add up unless they are cleared.',
    '            optimizer.zero_grad()',
    '            loss.backward()',
    '            optimizer.step()',
    '            total["loss"] += float(loss) * len(x)',
    '            total["count"] += len(x)',
    "            log(f\"{epoch} {step} {total['loss'] / total['count']:.4f}\")",
    '    return total',
    '',
    '',
  ];
  const rounded = Math.floor((lines - head.length) / part(0).length);
  return [...head, ...Array.from({ length: rounded }, (_, i) => part(i)).flat()].join('\n');
}

interface Timed {
  readonly total: number;
  /** The longest time without a pause. */
  readonly stretch: number;
  readonly found: number;
}

/** Milliseconds of this thread: what it takes of an extension host, whatever else the machine is doing. */
function timed(document: LossDocument, text: string): Timed {
  const work = document.analyze(text);
  let stretch = 0;
  let total = 0;
  for (;;) {
    const start = process.threadCpuUsage();
    const step = work.next();
    const { user, system } = process.threadCpuUsage(start);
    const time = (user + system) / 1000;
    total += time;
    stretch = Math.max(stretch, time);
    if (step.done) return { total, stretch, found: step.value.configs.length };
  }
}

/** Milliseconds of this thread that some work takes. Clocks of threads may only tell 4 ms apart: sums of many are exact. */
function threadTime(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** Edits until all of the code is compiled, as it is for who edits, and edits that count. */
const [WARM, COUNTED] = [200, 100];

// How many milliseconds that is depends on the machine, and on what else it does: the parser, in the same run, is the measure.
it('does an edit of a 1,000-line file in less than the parser alone takes for the file', () => {
  const document = new LossDocument('python');
  let text = script(1000);
  timed(document, text);
  let [edits, parsing] = [0, 0];
  for (let i = 0; i < WARM + COUNTED; i++) {
    const at = text.indexOf('optimizer.step()', (i * 997) % (text.length - 2000));
    text = `${text.slice(0, at)}x${i} = ${i}; ${text.slice(at)}`;
    const ours = threadTime(() => finish(document.analyze(text)));
    const parsers = threadTime(() => parser.parse(text));
    if (i < WARM) continue;
    edits += ours / COUNTED;
    parsing += parsers / COUNTED;
  }
  console.log(`1,000 lines after an edit: ${edits.toFixed(1)} ms (parsing alone ${parsing.toFixed(1)} ms)`);
  expect(edits).toBeLessThan(parsing);
});

it('takes at most twice what the parser alone does for a 5,000-line file it sees for the first time, with no stretch of 50 ms', () => {
  const text = script(5000);
  const runs: Timed[] = [];
  const times = interleaved(
    {
      ours: () => runs.push(timed(new LossDocument('python'), text)),
      parsing: () => parser.parse(text),
    },
    9,
  );
  const [total, parsing] = [median(times.ours), median(times.parsing)];
  const stretch = median(runs.map((run) => run.stretch));
  const cpu = Math.min(...runs.map((run) => run.total));
  console.log(
    `5,000 lines: ${cpu.toFixed(0)} ms of its thread, ${total.toFixed(0)} ms by the clock (parsing alone ${parsing.toFixed(0)} ms), ` +
      `longest stretch ${stretch.toFixed(1)} ms, ${runs[0]!.found} losses`,
  );
  expect(total).toBeLessThan(2 * parsing);
  expect(stretch).toBeLessThan(50);
});

it('does the first file of a session without a stretch of 50 ms', () => {
  const yaml = Array.from({ length: 2000 }, (_, i) => `key_${i}: {lr: 0.1, label_smoothing: 0.1}`).join('\n');
  const { total, stretch } = timed(new LossDocument('yaml'), yaml);
  console.log(`2,000 lines of YAML, cold: ${total.toFixed(0)} ms, longest stretch ${stretch.toFixed(1)} ms`);
  expect(stretch).toBeLessThan(50);
});
