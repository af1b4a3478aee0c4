import { cpSync, mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkbench, type Workbench } from '../e2e/workbench.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import type { Album } from './album.ts';
import { BARE } from './picture.ts';

/** A window with little but an editor, and files to open in it. */
export async function openEditors(vsix: string, album: Album): Promise<Workbench> {
  const { theme, koreanPack, zoom } = album.look;
  const workbench = await openWorkbench({
    vsix,
    theme,
    ...(koreanPack && { koreanPack }),
    ...(zoom && { zoom }),
    folder: sources(),
    settings: {
      ...BARE,
      'editor.hover.delay': 100,
      'editor.hover.above': false,
      'notebook.globalToolbar': false,
      'workbench.statusBar.visible': true,
    },
    size: { width: 1100, height: 1000 },
  });
  workbench.page.context().setDefaultTimeout(15_000);
  await workbench.page.keyboard.press('Control+KeyB');
  return workbench;
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
    'single.py': `${torch}# smooth-labels: K=1\nalone = nn.CrossEntropyLoss(label_smoothing=0.1)\n`,
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
