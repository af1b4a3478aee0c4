import type { Program } from '../../../protocol/exportChannel.ts';

import type { PanelSpec } from '../../../protocol/panelSpec.ts';
import type { MeasuredBatch } from '../../batches/measuredBatch.ts';
import type { ExportedFigures } from '../exportedFigures.ts';
import { crossEntropyProgram, isCrossEntropy } from './crossEntropyProgram.ts';
import { DIALECTS } from './dialects.ts';
import { importsWith, type Parts, partsOf } from './programParts.ts';

/** A Python program that computes the loss shown, and fails if it gets another one. */
export function program(
  name: Program,
  batch: MeasuredBatch,
  spec: PanelSpec,
  figures: ExportedFigures,
  source: string,
): string {
  const parts = partsOf(batch, spec, figures, source);
  return name === 'pytorch' && isCrossEntropy(parts, spec)
    ? crossEntropyProgram(parts, spec)
    : rowsProgram(name, parts, spec);
}

/** From the smoothed targets to the loss of each row that counts, and then to their mean or sum. */
function rowsProgram(name: Program, parts: Parts, spec: PanelSpec): string {
  const { array, log, rows, ones, zeros, all, oneHot, imports, check, ...losses } = DIALECTS[name];
  const { classAxis, classes, soft, among, padding, ignoreIndex, weight } = parts;
  const own = !weight && padding === null && !parts.sigmoid ? losses.smoothing : undefined;
  const logits = array(parts.logits, 'float32');
  const constant = soft ? '' : constantLines(spec, among);
  const lines = [
    `${constant === '' ? '' : 'from math import log\n\n'}${importsWith(imports, parts)}`,
    '',
    'inf, nan = float("inf"), float("nan")',
    parts.comment,
    ...logitLines(logits, log, parts),
    `targets = ${array(parts.targets, soft ? 'float64' : 'int64')}${parts.targetNote}`,
    ...(own ? [] : [`w = ${weight ? array(weight, 'float64') : ones(classes)}`]),
    parts.smoothing,
    '',
    `logits = ${rows('logits', classAxis, classes)}${spec.temperature === 1 ? '' : ` / ${spec.temperature}`}`,
    ...(soft
      ? [`counts = ${all}`, `labels = ${rows('targets', classAxis, classes)}`]
      : [
          'y = targets.reshape(-1)',
          `counts = ${ignoreIndex === null ? all : `y != ${ignoreIndex}`}`,
          `labels = ${oneHot('y[counts]', classes)}`,
        ]),
    'z = logits[counts]',
    ...(own ? [] : [`q = (1 - u) * labels + u / ${among}`]),
    ...(padding === null ? [] : [`q[:, ${padding}] = 0`]),
    `rows = ${zeros}`,
    own ?? (parts.sigmoid ? losses.sigmoid : losses.softmax),
    ...(constant === '' ? [] : [constant, 'rows[counts] -= constant']),
    '',
    `loss = ${reducedBy(spec, parts)}`,
    `expected = ${array(parts.flatExpected, 'float64')}`,
    check(parts.tolerance),
    'print(loss)',
    '',
  ];
  return lines.join('\n');
}

/** What the form of the loss takes off the cross-entropy of each row that counts. */
function constantLines({ form }: PanelSpec, among: number): string {
  const values = `on, off = 1 - u + u / ${among}, u / ${among}`;
  switch (form) {
    case 'ce':
      return '';
    case 'kl':
      return `${values}\nconstant = -sum(x * log(x) for x in [on] + ${among - 1} * [off] if x > 0)`;
    case 'ce-constant':
      return `${values}\nconstant = -(on * log(on) + ${among - 1} * off * log(off + 1e-20))`;
  }
}

/** The mean is over the weights of the targets that count; NaN where these add up to 0, whatever the sum is: see `reduced`. */
function reducedBy({ reduction }: PanelSpec, { soft, weight, overNothing }: Parts): string {
  if (reduction === 'none') return 'rows';
  if (reduction === 'sum') return 'rows.sum()';
  if (soft) return 'rows.sum() / len(rows)';
  const total = weight ? 'w[y[counts]].sum()' : 'counts.sum()';
  return overNothing
    ? `rows.sum() / ${total} if ${total} > 0 else rows.sum() * nan`
    : `rows.sum() / ${total}`;
}

/** The logits: of probabilities their logarithms, of a sigmoid's what they have been before it. */
function logitLines(
  numbers: string,
  log: (x: string) => string,
  { probabilities, sigmoid }: Pick<Parts, 'probabilities' | 'sigmoid'>,
): readonly string[] {
  if (!probabilities) return [`logits = ${numbers}`];
  return sigmoid
    ? [`p = ${numbers}`, `logits = ${log('p')} - ${log('(1 - p)')}`]
    : [`logits = ${log(numbers)}`];
}
