import { pythonComment, pythonString } from '../../../escape/python.ts';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { smoothingOf } from '../../../loss/conventions/smoothing.ts';

import type { PanelSpec } from '../../../protocol/panelSpec.ts';
import type { TablePlace } from '../../../readers/logitsBatch.ts';
import type { MeasuredBatch } from '../../batches/measuredBatch.ts';
import type { ExportedFigures } from '../exportedFigures.ts';
import { float32Number, list, nested, pythonNumber } from './pythonLiterals.ts';

/** How close a framework comes in float64: it sums in another order. Those that compute in float32 come this close. */
export const TOLERANCE = { float64: '1e-9', float32: '1e-5' } as const;
/** What is expected of so many numbers that they were measured in float32 has this much of an error itself. */
const ROUNDED_TOLERANCE = '2e-6';

/** What every program is made of, as Python source; `array` is what the framework makes arrays of numbers with. */
export interface Parts {
  readonly comment: string;
  /** Nested lists, or the loading of a file. */
  readonly logits: string;
  /** What that needs to be imported. */
  readonly loads: string | null;
  readonly tolerance: string;
  readonly targets: string;
  readonly targetNote: string;
  /** A list, or null for none. */
  readonly weight: string | null;
  /** A number, or with reduction "none" a list of `targets`' shape. */
  readonly expected: string;
  readonly flatExpected: string;
  readonly soft: boolean;
  readonly sigmoid: boolean;
  /** The numbers are probabilities: their logarithms are logits. */
  readonly probabilities: boolean;
  readonly shape: readonly number[];
  readonly classAxis: number;
  readonly classes: number;
  /** m, the number of classes that share. */
  readonly among: number;
  readonly padding: number | null;
  /** A target that counts nothing; null if none can be. */
  readonly ignoreIndex: number | null;
  /** Nothing counts, or only classes that weigh 0: the mean is 0/0. */
  readonly overNothing: boolean;
  /** The lines that set `alpha` and, as `u`, the part of a target that is shared out evenly. */
  readonly smoothing: string;
}

/** The parts of a program for a batch that is small enough to be in memory; `source` is what the comment calls it. */
export function partsOf(
  batch: MeasuredBatch,
  spec: PanelSpec,
  { losses, loss }: ExportedFigures,
  source: string,
): Parts {
  const { read, targets, summary, layout } = batch;
  const { shape, classAxis, kind, targetsFrom } = summary;
  const loaded = loadedFile(batch);
  // So few numbers as fit a program are always in memory.
  const values = 'values' in read.source ? read.source.values : [];
  const soft = targets.kind === 'soft';
  const outer = shape.filter((_, axis) => axis !== classAxis);
  const { activation, among, padding } = smoothingOf(spec, layout.classes);
  const none = spec.reduction === 'none';
  return {
    comment: pythonComment(`From ${source}: ${shape.join(' × ')} ${kind}, read as float32`),
    logits: loaded?.load ?? nested(values, shape, float32Number),
    loads: loaded?.imports ?? null,
    tolerance: batch.stats.hard instanceof Float32Array ? ROUNDED_TOLERANCE : TOLERANCE.float64,
    targets: nested(targets.values, soft ? shape : outer),
    targetNote:
      targetsFrom === 'argmax' ? '  # assumed: the argmax of each row, where nothing else was chosen' : '',
    weight: spec.weight && list(spec.weight),
    expected: none ? nested(losses, outer) : pythonNumber(loss),
    flatExpected: none ? list(losses) : pythonNumber(loss),
    soft,
    sigmoid: activation === 'sigmoid',
    probabilities: kind === 'probabilities',
    shape,
    classAxis,
    classes: layout.classes,
    among,
    padding,
    ignoreIndex: soft ? null : spec.ignoreIndex,
    overNothing: batch.stats.share === 0,
    smoothing: smoothingLines(spec, among),
  };
}

/** What loads the logits of a batch whose file has them as they are; undefined for others. The program is run where the file is. */
export function loadedFile({ read: { inFile } }: Pick<MeasuredBatch, 'read'>): LoadedFile | undefined {
  if (!inFile) return undefined;
  const file = pythonString(inFile.path.replace(/^.*[\\/]/, ''));
  if (inFile.format === 'table') return loadedTable(file, inFile.place);
  const { format, name, subscripts = [] } = inFile;
  const numpy = 'import numpy as np';
  // PyTorch takes no numbers whose bytes are in the other order, which a file may have.
  const native = '.astype("float32")';
  const array = `[${pythonString(name)}]`;
  if (format === 'npy') return { load: `np.load(${file})${native}`, imports: numpy };
  if (format === 'npz') return { load: `np.load(${file})${array}${native}`, imports: numpy };
  if (format === 'hdf5')
    return { load: `h5py.File(${file}, "r")${array}[()]${native}`, imports: 'import h5py' };
  if (format === 'torch') {
    const at = subscripts.map((key) => `[${typeof key === 'number' ? key : pythonString(key)}]`).join('');
    // Of an array of NumPy's as of a tensor, one that has a gradient or is bfloat16 among them.
    const load = `torch.as_tensor(torch.load(${file}, map_location="cpu")${at}).detach().float().numpy()`;
    return { load, imports: 'import torch' };
  }
  return {
    load: `load_file(${file})[${pythonString(name)}]`,
    imports: 'from safetensors.numpy import load_file',
  };
}

/** Lines above the first row are left out whatever they are, and columns are taken by their places: names may be there twice. */
function loadedTable(file: string, { delimiter, above, columns }: TablePlace): LoadedFile {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const isRun = columns.every((column, i) => column === first + i);
  const taken = isRun ? `${first}:${last + 1}` : `[${columns.join(', ')}]`;
  const options = [
    ...(delimiter === ',' ? [] : [`sep=${pythonString(delimiter)}`]),
    'header=None',
    ...(above > 0 ? [`skiprows=${above}`] : []),
  ];
  const load = `pd.read_csv(${file}, ${options.join(', ')}).iloc[:, ${taken}].to_numpy("float32")`;
  return { load, imports: 'import pandas as pd' };
}

/** With what loads the file. */
export function importsWith(imports: string, { loads }: Pick<Parts, 'loads'>): string {
  return loads && !imports.includes(loads) ? `${loads}\n${imports}` : imports;
}

/** An expression, and what it needs. */
export interface LoadedFile {
  readonly load: string;
  readonly imports: string;
}

/** α, and u by the convention's formula: docs/semantics.md has them all. */
function smoothingLines({ convention, labelSmoothing }: PanelSpec, among: number): string {
  const alpha = `alpha = ${labelSmoothing}`;
  const { toUniform } = CONVENTIONS[convention].measure;
  if (among < 2) return `${alpha}  # ${convention}\nu = 0  # nobody to share with`;
  if (toUniform(0.5, 3) === 0.5) return `${alpha}  # ${convention}\nu = alpha`;
  const formula = toUniform(0.5, 3) === 0.75 ? `alpha * ${among} / ${among - 1}` : 'alpha / (1 + alpha)';
  return `${alpha}  # ${convention}\nu = ${formula}`;
}
