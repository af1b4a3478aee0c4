import type { MeasuredBatch } from '../../../../src/engine/batches/measuredBatch.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import { finish } from '../../../../src/loss/work.ts';

import type { PanelSpec } from '../../../../src/protocol/panelSpec.ts';

/** PyTorch's loss at α = 0.1. */
export const PLAIN: PanelSpec = {
  convention: 'UNIFORM_K',
  labelSmoothing: 0.1,
  weight: null,
  ignoreIndex: -100,
  reduction: 'mean',
  form: 'ce',
  temperature: 1,
};

/** Logits as the engine holds them, measured as the spec says. */
export function held(
  values: Float32Array,
  shape: readonly number[],
  targets: Targets,
  spec: PanelSpec,
  classAxis = shape.length === 1 ? 0 : 1,
): MeasuredBatch {
  const layout = layoutOf(shape, classAxis);
  const scaled = Float64Array.from(values, (z) => z / spec.temperature);
  const stats = finish(measureRowStats({ values: scaled, layout }, targets, { ...DEFAULT_SPEC, ...spec }));
  const known = {
    shape,
    classAxis,
    classAxisFrom: 'convention',
    classNames: null,
    labelling: 'one-class',
    warnings: [],
    keys: { logits: null, targets: null },
    declared: { labelSmoothing: null, weight: null, ignoreIndex: null, reduction: null },
    decimals: 0,
    rounding: 0,
  } as const;
  const batch = { ...known, kind: 'logits', targets, spans: new Float64Array(), start: 0, end: 0 } as const;
  const summary = {
    ...known,
    kind: 'logits',
    looksLike: 'logits',
    targetsFrom: targets.kind,
    holds: 'logits',
  } as const;
  const read = { batch, source: { values } };
  return {
    read,
    source: { values },
    layout,
    targets,
    view: {},
    measuredWith: spec,
    summary,
    stats,
    sums: null,
  };
}
