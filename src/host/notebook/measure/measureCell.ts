import type { Printer } from '../../../readers/readProblem.ts';
import { numpyCell } from './numpyCell.ts';
import { DASK_CELL, RAY_CELL, SPARK_CELL } from './partitionCells.ts';
import { isPythonName } from './pythonName.ts';
import { PYTORCH_CELL } from './pytorchCell.ts';
import { PYTORCH_SUMS } from './pytorchSums.ts';
import { DASK_SUMS, NUMPY_SUMS, RAY_SUMS, SPARK_SUMS } from './sumsCells.ts';

/** In what a cell measures. */
export const KERNEL_DIALECTS = ['PyTorch', 'NumPy', 'JAX', 'TensorFlow', 'Dask', 'Ray', 'Spark'] as const;
export type KernelDialect = (typeof KERNEL_DIALECTS)[number];

/** What a cell leaves of the logits: some numbers of each row, or sums, as many for any number of rows. */
export const MEASURED_SCOPES = ['rows', 'sums'] as const;
export type MeasuredScope = (typeof MEASURED_SCOPES)[number];

/** More rows than these have to be a file, or sums: a cell's output would be too large. */
export const MOST_ROWS_SHOWN = 200_000;

const FUNCTIONS: Readonly<Record<MeasuredScope, Readonly<Record<KernelDialect, string>>>> = {
  rows: {
    PyTorch: PYTORCH_CELL,
    NumPy: numpyCell('numpy'),
    JAX: numpyCell('jax.numpy'),
    TensorFlow: numpyCell('numpy'),
    Dask: DASK_CELL,
    Ray: RAY_CELL,
    Spark: SPARK_CELL,
  },
  sums: {
    PyTorch: PYTORCH_SUMS,
    NumPy: NUMPY_SUMS,
    JAX: NUMPY_SUMS,
    TensorFlow: NUMPY_SUMS,
    Dask: DASK_SUMS,
    Ray: RAY_SUMS,
    Spark: SPARK_SUMS,
  },
};

/** What is measured, by the names that the notebook has for it. Undefined: the person fills it in. */
export interface MeasuredNames {
  readonly logits: string | undefined;
  readonly targets: string | undefined;
}

/** Python for a cell: one function that is all there, and its call. A name that isn't one in Python is left out. */
export function measureCell(
  dialect: KernelDialect,
  { logits, targets }: MeasuredNames,
  scope: MeasuredScope = 'rows',
): string {
  const code = FUNCTIONS[scope][dialect];
  const own = asArgument(dialect, logits);
  // Those of a dataset are in one of its columns.
  const labels = ofDataset(dialect) ? undefined : asArgument(dialect, targets);
  if (ofDataset(dialect)) return `${code}\n\n${own ? '' : '# '}smooth_labels(${own ?? 'dataset'})\n`;
  const call = own
    ? `smooth_labels(${own}${labels ? `, ${labels}` : ''})`
    : `# smooth_labels(logits${labels ? `, ${labels}` : ''})`;
  const hint = labels ? '' : '  # add the class indices: smooth_labels(logits, targets)';
  return `${code}\n\n${call}${hint}\n`;
}

function asArgument(dialect: KernelDialect, name: string | undefined): string | undefined {
  if (name === undefined || !isPythonName(name)) return undefined;
  // A tensor of TensorFlow is measured as the array that it's a view of.
  return dialect === 'TensorFlow' ? `${name}.numpy()` : name;
}

function ofDataset(dialect: KernelDialect): boolean {
  return dialect === 'Ray' || dialect === 'Spark';
}

/** Which dialect a tensor is most likely in: by who printed it, or what the code imports. Undefined if nothing says. */
export function likelyDialect(printer: Printer | undefined, code: string): KernelDialect | undefined {
  const imported = importedModules(code);
  if (imported.has('dask')) return 'Dask';
  if (imported.has('ray')) return 'Ray';
  if (imported.has('pyspark')) return 'Spark';
  if (printer === 'pytorch') return 'PyTorch';
  if (printer === 'jax') return 'JAX';
  if (printer === 'tensorflow') return 'TensorFlow';
  if (printer === 'numpy') return 'NumPy';
  if (imported.has('torch')) return 'PyTorch';
  if (imported.has('jax')) return 'JAX';
  if (imported.has('tensorflow')) return 'TensorFlow';
  return imported.has('numpy') ? 'NumPy' : undefined;
}

/** What is likely wanted: where rows are on several machines, sums. */
export function likelyScope(dialect: KernelDialect, code: string): MeasuredScope {
  const isDivided = ofDataset(dialect) || dialect === 'Dask' || code.includes('torch.distributed');
  return isDivided ? 'sums' : 'rows';
}

/** The packages that lines of code begin to import from. */
function importedModules(code: string): ReadonlySet<string> {
  const modules = code.split('\n').map((line) => /^(?:import|from) (\w+)/.exec(line.trim())?.[1] ?? '');
  return new Set(modules);
}

/** What labels are usually called, the likeliest first. */
const LABELS = ['targets', 'labels', 'target', 'label', 'y_true', 'y_test', 'y_val', 'y'];

/** The name of the targets that code assigns: in a cell, or in those before it, the nearest first. Undefined if none is called so. */
export function likelyTargets(codes: readonly string[]): string | undefined {
  for (const code of codes) {
    const names = new Set(code.split('\n').flatMap(assigned));
    const found = LABELS.find((name) => names.has(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names before the = of a line. */
function assigned(line: string): readonly string[] {
  const at = line.indexOf('=');
  const left = line.slice(0, Math.max(at, 0));
  return line[at + 1] !== '=' && /^[\w\s,]+$/.test(left) ? left.split(',').map((name) => name.trim()) : [];
}
