import { pythonString } from '../../../escape/python.ts';

import type { PanelSpec } from '../../../protocol/panelSpec.ts';
import { importsWith, type Parts } from './programParts.ts';

/** True where `torch.nn.functional.cross_entropy` computes this loss by itself. */
export function isCrossEntropy({ sigmoid, padding, soft }: Parts, { form }: PanelSpec): boolean {
  return !sigmoid && padding === null && (form === 'ce' || soft);
}

/** A call of PyTorch's own function, with its arguments. */
export function crossEntropyProgram(parts: Parts, spec: PanelSpec): string {
  const { shape, classAxis, soft, weight, ignoreIndex, smoothing } = parts;
  const moved = shape.length > 1 && classAxis !== 1;
  const input = moved ? `logits.movedim(${classAxis}, 1)` : 'logits';
  const target = moved && soft ? `targets.movedim(${classAxis}, 1)` : 'targets';
  const plain = spec.convention === 'UNIFORM_K';
  const options = [
    weight && `weight=torch.tensor(${weight}, dtype=torch.float64)`,
    ignoreIndex !== null && ignoreIndex !== -100 && `ignore_index=${ignoreIndex}`,
    `reduction=${pythonString(spec.reduction)}`,
    `label_smoothing=${plain ? spec.labelSmoothing : 'u'}`,
  ].filter(Boolean);
  return `${importsWith('import torch\nimport torch.nn.functional as F', parts)}

inf, nan = float("inf"), float("nan")
${parts.comment}
logits = torch.tensor(${parts.logits}, dtype=torch.float32).double()${parts.probabilities ? '.log()' : ''}${spec.temperature === 1 ? '' : ` / ${spec.temperature}`}
targets = torch.tensor(${parts.targets}, dtype=torch.${soft ? 'float64' : 'int64'})${parts.targetNote}
${plain ? '' : `${smoothing}\n`}
loss = F.cross_entropy(${input}, ${target}, ${options.join(', ')})
expected = torch.tensor(${parts.expected}, dtype=torch.float64)
torch.testing.assert_close(loss, expected, rtol=${parts.tolerance}, atol=1e-12, equal_nan=True)
print(loss)
`;
}
