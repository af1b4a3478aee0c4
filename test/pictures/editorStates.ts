import { cpSync, mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkbench, type Workbench } from '../e2e/workbench.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import type { Album } from './album.ts';
import { BARE } from './picture.ts';

/** Lenses, hovers, problems, questions, messages and cells, to be looked at. */
export async function takeEditorStates(vsix: string, album: Album): Promise<void> {
  const { theme, koreanPack, zoom } = album.look;
  const settings = {
    ...BARE,
    'editor.hover.delay': 100,
    'editor.hover.above': false,
    'notebook.globalToolbar': false,
    'workbench.statusBar.visible': true,
  };
  const size = { width: 1100, height: 1000 };
  const workbench = await openWorkbench({
    vsix,
    theme,
    ...(koreanPack && { koreanPack }),
    ...(zoom && { zoom }),
    folder: sources(),
    settings,
    size,
  });
  workbench.page.context().setDefaultTimeout(15_000);
  await workbench.page.keyboard.press('Control+KeyB');
  // A hover is only as high as this at first, and then scrolls.
  await workbench.page.addStyleTag({ content: WHOLE_HOVER });
  for (const hover of HOVERS) await takeHover(workbench, album, hover);
  await takeProblems(workbench, album);
  await takeQuestions(workbench, album);
  await takeMessages(workbench, album);
  await takeCells(workbench, album);
  await workbench.close();
}

const WHOLE_HOVER = `
  .monaco-resizable-hover, .monaco-hover, .monaco-hover .monaco-scrollable-element, .monaco-hover-content {
    height: auto !important; max-height: none !important; overflow: visible !important;
  }`;

interface Hover {
  readonly name: string;
  readonly file: string;
  /** What is in the line, and the token of it that is pointed at. */
  readonly line: string;
  readonly token: string;
  readonly shows: string;
}

const HOVERS: readonly Hover[] = [
  {
    name: 'hover-smoothed',
    file: 'train.py',
    line: 'criterion',
    token: 'CrossEntropyLoss',
    shows: 'a loss with smoothing, K = 5',
  },
  {
    name: 'hover-hard',
    file: 'train.py',
    line: 'validation',
    token: 'CrossEntropyLoss',
    shows: 'a loss with hard targets',
  },
  {
    name: 'hover-weights',
    file: 'train.py',
    line: 'weighted',
    token: 'CrossEntropyLoss',
    shows: 'a loss with class weights',
  },
  {
    name: 'hover-unknown-alpha',
    file: 'train.py',
    line: 'fromargs',
    token: 'CrossEntropyLoss',
    shows: 'a loss whose α isn’t known',
  },
  {
    name: 'hover-alone',
    file: 'single.py',
    line: 'alone',
    token: 'CrossEntropyLoss',
    shows: 'a loss with a single class',
  },
  {
    name: 'hover-unknown-classes',
    file: 'unknown.py',
    line: 'loss',
    token: 'CrossEntropyLoss',
    shows: 'a loss whose K isn’t known',
  },
  {
    name: 'hover-many-classes',
    file: 'many.py',
    line: 'loss',
    token: 'CrossEntropyLoss',
    shows: 'a loss with 1000 classes',
  },
  {
    name: 'hover-keras',
    file: 'keras_loss.py',
    line: 'categorical',
    token: 'CategoricalCrossentropy',
    shows: 'Keras with smoothing',
  },
  {
    name: 'hover-binary',
    file: 'keras_loss.py',
    line: 'binary',
    token: 'BinaryCrossentropy',
    shows: 'Keras with a sigmoid',
  },
  { name: 'hover-optax', file: 'jax_loss.py', line: 'soft', token: 'smooth_labels', shows: 'optax' },
  {
    name: 'hover-timm',
    file: 'timm_loss.py',
    line: 'loss',
    token: 'LabelSmoothingCrossEntropy',
    shows: 'timm',
  },
  { name: 'hover-openmmlab', file: 'mm.py', line: 'loss', token: 'LabelSmoothLoss', shows: 'MMPretrain' },
  {
    name: 'hover-fused',
    file: 'fused.py',
    line: 'loss',
    token: 'LigerCrossEntropyLoss',
    shows: 'a fused kernel',
  },
  {
    name: 'hover-transformers',
    file: 'hf.py',
    line: 'args',
    token: 'TrainingArguments',
    shows: 'transformers',
  },
  {
    name: 'hover-preference',
    file: 'dpo.py',
    line: 'config',
    token: 'DPOConfig',
    shows: 'a preference loss, which smooths no classes',
  },
  {
    name: 'hover-refused',
    file: 'refused.py',
    line: 'much',
    token: 'CrossEntropyLoss',
    shows: 'an α that PyTorch refuses',
  },
  {
    name: 'hover-confidence',
    file: 'refused.py',
    line: 'confidence',
    token: 'CrossEntropyLoss',
    shows: 'an α that was meant as a confidence',
  },
  {
    name: 'hover-small',
    file: 'refused.py',
    line: 'small',
    token: 'CrossEntropyLoss',
    shows: 'a very small α',
  },
  {
    name: 'hover-yaml',
    file: 'config.yaml',
    line: 'label_smoothing',
    token: 'label_smoothing',
    shows: 'a key that several frameworks share, in YAML',
  },
  {
    name: 'hover-fairseq',
    file: 'fairseq.sh',
    line: 'label-smoothing',
    token: '--label-smoothing',
    shows: 'fairseq in a shell script',
  },
  {
    name: 'hover-json',
    file: 'training.json',
    line: 'label_smoothing_factor',
    token: '"label_smoothing_factor"',
    shows: 'transformers in JSON',
  },
  {
    name: 'hover-toml',
    file: 'config.toml',
    line: 'label_smoothing',
    token: 'label_smoothing',
    shows: 'a key in TOML',
  },
];

async function takeHover(workbench: Workbench, album: Album, hover: Hover): Promise<void> {
  const { page } = workbench;
  await album.visit(workbench, hover.name, async () => {
    if (!(await page.locator(`.tab.active[data-resource-name="${hover.file}"]`).isVisible()))
      await workbench.openFile(hover.file);
    await page.locator('.codelens-decoration a, .codelens-decoration span').first().waitFor();
    await page.waitForTimeout(800);
    const line = page.locator('.view-line', { hasText: hover.line }).last();
    await line.getByText(hover.token).first().hover();
    await page.locator('.monaco-hover:visible').first().waitFor();
    await album.take(workbench, hover.name, `lens and hover: ${hover.shows}`);
    await page.mouse.move(0, 0);
    await page.keyboard.press('Escape');
  });
}

async function takeProblems(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await album.visit(workbench, 'problems', async () => {
    await workbench.openFile('wrong.py');
    await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await page.keyboard.press('Control+Shift+KeyM');
    await page.locator('.markers-panel .monaco-list-row').first().waitFor();
    await album.take(workbench, 'problems', 'the problems that are found', page.locator('body'));
    await page.keyboard.press('Control+KeyJ');
    await workbench.focusEditor();
    await workbench.placeCursor(4, 47);
    await page.keyboard.press('Control+Period');
    await page.waitForTimeout(1_500);
    await album.take(workbench, 'quick-fix', 'the quick fix of a problem', page.locator('body'));
    await page.keyboard.press('Escape');
  });
}

async function takeQuestions(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  const window = page.locator('body');
  const input = page.locator('.quick-input-widget input[type="text"]');
  await album.visit(workbench, 'set-classes', async () => {
    await workbench.openFile('unknown.py');
    await workbench.placeCursor(3, 12);
    await workbench.runCommand(album.command('setClasses'));
    await input.waitFor();
    await album.take(workbench, 'set-classes', 'the question for K', window);
    await input.fill('many');
    await album.take(workbench, 'set-classes-refused', 'a K that isn’t accepted', window);
    await input.fill('100');
    await album.take(workbench, 'set-classes-choices', 'where this K applies', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'copy-equivalent', async () => {
    await workbench.openFile('train.py');
    await workbench.placeCursor(7, 20);
    await workbench.runCommand(album.command('copyEquivalent'));
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await album.take(workbench, 'copy-equivalent', 'the frameworks a loss can be copied for', window);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1_000);
    await album.take(workbench, 'copied', 'after a loss was copied', window);
  });
  await album.visit(workbench, 'open-docs', async () => {
    await workbench.runCommand(album.command('openDocs'));
    await page.locator('.quick-input-list .monaco-list-row').nth(3).waitFor();
    await album.take(workbench, 'open-docs', 'the pages of the documentation', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'no-logits', async () => {
    await workbench.openFile('notes.md');
    await workbench.runCommand('Smooth labels');
    await workbench.panelFrame('[data-preset]');
    await album.take(
      workbench,
      'no-logits',
      '“Smooth labels” where there are no logits: the playground',
      window,
    );
  });
  await album.visit(workbench, 'arrays', async () => {
    await page.keyboard.press('Control+KeyB');
    await workbench.runInExplorer('models.json', album.command('openFile'));
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await album.take(workbench, 'arrays', 'which array of a file has the logits', window);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+KeyB');
  });
}

const REFUSED: readonly (readonly [file: string, shows: string])[] = [
  ['ragged.json', 'rows of different lengths'],
  ['cut.npy', 'a file that was cut'],
  ['object.npy', 'a file with Python objects'],
  ['log.csv', 'a table without logits'],
  ['summarised.txt', 'a tensor that was printed with “...”'],
];

async function takeMessages(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press('Control+KeyB');
  for (const [file, shows] of REFUSED) {
    await album.visit(workbench, `refused-${file}`, async () => {
      if (file.endsWith('.txt')) {
        await workbench.openFile(file);
        await workbench.runCommand('Smooth labels');
      } else await workbench.runInExplorer(file, album.command('openFile'));
      await page.waitForTimeout(1_500);
      await workbench.runCommand('Show Notifications');
      const more = page.locator('.notifications-center .codicon-notifications-expand');
      if (await more.first().isVisible()) await more.first().click();
      await album.take(workbench, `refused-${file.replace('.', '-')}`, shows, page.locator('body'));
      await page.keyboard.press('Escape');
      await workbench.runCommand('Clear All Notifications');
    });
  }
  await page.keyboard.press('Control+KeyB');
}

async function takeCells(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await album.visit(workbench, 'cells', async () => {
    await workbench.runCommand('Close All Editors');
    await page.setViewportSize({ width: 1100, height: 2000 });
    await workbench.openFile('label-smoothing.ipynb', '.notebook-editor');
    await page.locator('.cell-status-item', { hasText: '6 × 5' }).first().waitFor();
    await album.take(
      workbench,
      'notebook',
      'a notebook: lenses, and the items of cells with tensors',
      page.locator('body'),
    );
    await page.locator('.cell-status-item', { hasText: '6 × 5' }).first().click();
    await workbench.panelFrame();
    await page.setViewportSize({ width: 1700, height: 1300 });
    await page.waitForTimeout(1_500);
    await album.take(workbench, 'cell-panel', 'the panel that follows a cell', page.locator('body'));
  });
}

const SUMMARISED = `tensor([[ 0.1000, -1.2500,  ...,  3.4000],
        [ 2.5000,  0.3000,  ..., -0.7500]])
`;

/** A folder with what is visited. */
function sources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  removeAtExit(folder);
  const torch = 'from torch import nn\n\n';
  const files: Readonly<Record<string, string>> = {
    'train.py': `import argparse
import torch
from torch import nn

head = nn.Linear(512, 5)
validation = nn.CrossEntropyLoss()
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)

w = torch.tensor([1.0, 2.0, 0.5, 1.0, 1.0])
weighted = nn.CrossEntropyLoss(weight=w, label_smoothing=0.1)

parser = argparse.ArgumentParser()
parser.add_argument("--smoothing", type=float, required=True)
args = parser.parse_args()
fromargs = nn.CrossEntropyLoss(label_smoothing=args.smoothing)
`,
    'single.py': `${torch}head = nn.Linear(512, 1)\nalone = nn.CrossEntropyLoss(label_smoothing=0.1)\n`,
    'unknown.py': `${torch}loss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`,
    'many.py': `${torch}head = nn.Linear(512, 1000)\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`,
    'keras_loss.py': `import keras

out = keras.layers.Dense(10)
categorical = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)
binary = keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1)
`,
    'jax_loss.py': `import jax
import optax

onehot = jax.nn.one_hot(labels, 10)
soft = optax.smooth_labels(onehot, 0.1)
`,
    'timm_loss.py':
      'from timm.loss import LabelSmoothingCrossEntropy\n\nloss = LabelSmoothingCrossEntropy(smoothing=0.1)\n',
    'mm.py': `model = dict(
    head=dict(
        type='LinearClsHead',
        num_classes=10,
        loss=dict(type='LabelSmoothLoss', label_smooth_val=0.1, mode='original'),
    ),
)
`,
    'fused.py':
      'from liger_kernel.transformers import LigerCrossEntropyLoss\n\nloss = LigerCrossEntropyLoss(label_smoothing=0.1)\n',
    'hf.py':
      'from transformers import TrainingArguments\n\nargs = TrainingArguments("out", label_smoothing_factor=0.1)\n',
    'dpo.py': 'from trl import DPOConfig\n\nconfig = DPOConfig(label_smoothing=0.1)\n',
    'refused.py': `${torch}head = nn.Linear(512, 5)
much = nn.CrossEntropyLoss(label_smoothing=10.0)
confidence = nn.CrossEntropyLoss(label_smoothing=0.9)
small = nn.CrossEntropyLoss(label_smoothing=0.001)
`,
    'wrong.py': `import keras
from torch import nn

a = keras.losses.CategoricalCrossentropy(0.1)
b = nn.CrossEntropyLoss(label_smoothing=1.5)
c = nn.CrossEntropyLoss(label_smoothing=1)
d = nn.NLLLoss(label_smoothing=0.1)
e = keras.losses.SparseCategoricalCrossentropy(label_smoothing=0.1)
f = keras.losses.CategoricalCrossentropy(label_smoothing=-0.1)
g = nn.BCEWithLogitsLoss(label_smoothing=0.1)
`,
    'config.yaml': 'model: vit\nnum_classes: 10\nlabel_smoothing: 0.1\n',
    'fairseq.sh':
      'fairseq-train data --arch transformer --criterion label_smoothed_cross_entropy --label-smoothing 0.1\n',
    'training.json': '{\n  "output_dir": "out",\n  "label_smoothing_factor": 0.1\n}\n',
    'config.toml': '[train]\nlabel_smoothing = 0.1\n',
    'notes.md': '# Nothing here\n',
    'ragged.json': '[\n  [1, 2],\n  [3, 4],\n  [5, 6, 7]\n]\n',
    'log.csv': 'loss\n0.5\n0.4\n',
    'summarised.txt': SUMMARISED,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const reference = join(ROOT, 'test', 'reference', 'files');
  writeFileSync(
    join(folder, 'models.json'),
    JSON.stringify({ resnet: { logits: [[1.2, -0.3]] }, vit: { logits: [[0.4, 0.9]] }, labels: [0] }),
  );
  cpSync(join(reference, 'npy', 'object.npy'), join(folder, 'object.npy'));
  cpSync(join(reference, 'npy', 'f4-little.npy'), join(folder, 'cut.npy'));
  truncateSync(join(folder, 'cut.npy'), 170);
  cpSync(join(SAMPLES, 'label-smoothing.ipynb'), join(folder, 'label-smoothing.ipynb'));
  return folder;
}
