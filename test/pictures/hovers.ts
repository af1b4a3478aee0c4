import type { Workbench } from '../e2e/workbench.ts';
import type { Album } from './album.ts';
import { openEditors } from './editorFiles.ts';

/** Lenses and hovers, to be looked at. */
export async function takeHovers(vsix: string, album: Album): Promise<void> {
  const workbench = await openEditors(vsix, album);
  // A hover is only as high as this at first, and then scrolls.
  await workbench.page.addStyleTag({ content: WHOLE_HOVER });
  for (const hover of HOVERS) await takeHover(workbench, album, hover);
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
