import { type Floats, layoutOf, offsetOf } from '../loss/rows/rowLayout.ts';
import type { Targets } from '../loss/rows/targets.ts';
import { describeProblem } from '../problems/sources/problemMessages.ts';
import type { SourceProblem } from '../problems/sources/sourceProblem.ts';
import { warningsOf } from '../problems/sources/warningMessages.ts';
import type { ReadLogits } from '../protocol/engineChannel.ts';
import type { CandidateRole } from '../readers/readProblem.ts';

/** Why there's nothing to be had: the reasons that the command has a sentence for. */
export type ReadProblemReason = Exclude<SourceProblem['reason'], 'several'>;

/** See docs/api.md. */
export type ReadLogitsReply =
  | {
      ok: true;
      name: string;
      shape: number[];
      classAxis: number;
      kind: 'logits' | 'log-probabilities' | 'probabilities' | 'multi-label' | 'binary';
      values: Float32Array;
      targets: {
        kind: 'indices' | 'soft' | 'multi-label';
        values: Int32Array | Float64Array;
        name: string;
      } | null;
      classNames: string[] | null;
      ignoreIndex: number | null;
      weight: number[] | null;
      labelSmoothing: number | null;
      leftOut: string[];
      warnings: string[];
    }
  | {
      ok: false;
      reason: 'several';
      candidates: { name: string; shape: number[]; role: CandidateRole }[];
    }
  | { ok: false; reason: ReadProblemReason; message: string; line?: number };

/** What was read. */
export function replyOf(read: ReadLogits): ReadLogitsReply & { ok: true } {
  const { labelling, kind, classNames, keys, declared } = read;
  const { shape, classAxis, values, targets } = labelling === 'binary' ? singleOutputs(read) : read;
  const isMultiLabel = targets?.kind === 'soft' && labelling === 'multi-label';
  const kindOfTargets = isMultiLabel ? 'multi-label' : targets?.kind;
  return {
    ok: true,
    name: keys.logits ?? '',
    shape: [...shape],
    classAxis,
    kind: labelling === 'one-class' ? kind : labelling,
    values,
    targets: targets && {
      kind: kindOfTargets!,
      values: targets.kind === 'soft' ? Float64Array.from(targets.values) : targets.values,
      name: keys.targets ?? '',
    },
    classNames: classNames && [...classNames],
    ignoreIndex: declared.ignoreIndex,
    weight: declared.weight && [...declared.weight],
    labelSmoothing: declared.labelSmoothing,
    leftOut: [...(keys.leftOut ?? [])],
    warnings: warningsOf(read),
  };
}

/** A binary model's outputs as the source has them: the scores of the second class, and its probability for soft targets. */
function singleOutputs({ shape, classAxis, values, targets }: ReadLogits) {
  const layout = layoutOf(shape, classAxis);
  const second = <T extends Floats>(both: T, into: T): T => {
    for (let row = 0; row < layout.rows; row++) into[row] = both[offsetOf(layout, row) + layout.inner]!;
    return into;
  };
  const own: Targets | null =
    targets?.kind === 'soft'
      ? { kind: 'soft', values: second(Float64Array.from(targets.values), new Float64Array(layout.rows)) }
      : targets;
  return {
    shape: shape.with(classAxis, 1),
    classAxis,
    values: second(values, new Float32Array(layout.rows)),
    targets: own,
  };
}

/** Why nothing was. */
export function refusalOf(problem: SourceProblem): ReadLogitsReply & { ok: false } {
  const { reason } = problem;
  if (reason === 'several') {
    const candidates = problem.candidates.map(({ name, shape, role }) => ({ name, shape: [...shape], role }));
    return { ok: false, reason, candidates };
  }
  const place = 'place' in problem ? problem.place : null;
  return { ok: false, reason, message: describeProblem(problem), ...(place && { line: place.line }) };
}
