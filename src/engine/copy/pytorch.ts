import type { CopySpec } from '../../protocol/engine.ts';
import type { HeldBatch } from '../heldBatch.ts';
import { shortFloat32 } from './numbers.ts';

/** How close PyTorch comes: both sum in float64, in another order. */
const RELATIVE_TOLERANCE = 1e-9;

/** A Python program that computes the loss shown with PyTorch, and fails if it gets another one. */
export function pytorchSnippet(held: HeldBatch, loss: number | Float64Array, spec: CopySpec): string {
  const { read, targets, summary } = held;
  const { weight } = held.measuredWith;
  // So few numbers as fit a clipboard are always in memory.
  const values = 'values' in read.source ? read.source.values : [];
  const { shape, classAxis } = summary;
  const targetShape = targets.kind === 'soft' ? shape : shape.filter((_, axis) => axis !== classAxis);
  const input = shape.length === 1 || classAxis === 1 ? 'logits' : `logits.movedim(${classAxis}, 1)`;
  const target =
    input === 'logits' || targets.kind === 'indices' ? 'targets' : `targets.movedim(${classAxis}, 1)`;
  const options = [
    weight && `weight=torch.tensor(${list(weight, pythonNumber)}, dtype=torch.float64)`,
    targets.kind === 'indices' &&
      (held.measuredWith.ignoreIndex ?? -100) !== -100 &&
      `ignore_index=${held.measuredWith.ignoreIndex}`,
    `reduction="${spec.reduction}"`,
    `label_smoothing=${spec.labelSmoothing}`,
  ].filter(Boolean);
  const expected =
    typeof loss === 'number'
      ? pythonNumber(loss)
      : nested([...loss], targetShape.length === shape.length ? [loss.length] : targetShape, pythonNumber);
  return `import torch
import torch.nn.functional as F

inf, nan = float("inf"), float("nan")
# ${spec.source}: ${shape.join(' × ')} ${summary.kind}, read as float32
logits = torch.tensor(${nested(values, shape, (x) => pythonNumber(x, shortFloat32))}, dtype=torch.float32).double()${summary.kind === 'probabilities' ? '.log()' : ''}
targets = torch.tensor(${nested(targets.values, targetShape, pythonNumber)}${targets.kind === 'soft' ? ', dtype=torch.float64' : ''})${summary.targetsFrom === 'argmax' ? '  # assumed: the argmax of each row, where nothing else was chosen' : ''}

loss = F.cross_entropy(${input}, ${target}, ${options.join(', ')})
expected = torch.tensor(${expected}, dtype=torch.float64)
torch.testing.assert_close(loss, expected, rtol=${RELATIVE_TOLERANCE}, atol=1e-12, equal_nan=True)
print(loss)
`;
}

function pythonNumber(value: number, finite: (value: number) => string = String): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return finite(value);
}

function list(values: ArrayLike<number>, text: (value: number) => string): string {
  return `[${Array.from(values, (value) => text(value)).join(', ')}]`;
}

/** Nested lists of `shape`, each innermost list on a line of its own. */
function nested(
  values: ArrayLike<number>,
  shape: readonly number[],
  text: (value: number) => string,
): string {
  if (shape.length === 0) return text(values[0]!);
  if (shape.length === 1) return list(values, text);
  const size = values.length / shape[0]!;
  const parts = Array.from({ length: shape[0]! }, (_, i) =>
    nested(Array.prototype.slice.call(values, i * size, (i + 1) * size), shape.slice(1), text),
  );
  return `[\n${parts.join(',\n')},\n]`;
}
