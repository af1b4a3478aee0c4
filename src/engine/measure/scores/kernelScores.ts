import { Sum } from '../../../loss/rows/pairwiseSum.ts';
import { ignoredTarget } from '../../../loss/rows/targets.ts';
import type { KernelMemory } from '../../kernel/kernelMemory.ts';
import { blockCountOf, isKernelBeta, type Pass, SCORE_BYTES, SCORE_SUMS } from '../passes/kernelPass.ts';
import {
  addressOfIndices,
  addressOfSoft,
  barePass,
  indexBytes,
  type OutputPlaces,
  temperatureOf,
} from '../passes/preparedPass.ts';
import type { RowScores, RowsToScore, ScoreQuestion } from './score.ts';

/** True if the kernel scores these rows: float32 logits, at a temperature that isn't extreme. */
export function isScoredInFloat32({ source }: RowsToScore, { beta }: ScoreQuestion): boolean {
  const kernelBeta = beta / temperatureOf(source);
  return isKernelBeta(kernelBeta) && ('file' in source || source.values instanceof Float32Array);
}

/** A pass that scores rows, with all it reads in its place. May throw OutOfKernelMemory. */
export function preparedScores(
  { source, layout, targets, ignoreIndex }: RowsToScore,
  { beta, what, every = 1 }: ScoreQuestion,
  places: OutputPlaces,
): Pass {
  const { memory, working } = places;
  const { rows } = layout;
  const soft = targets?.kind === 'soft';
  const hold = (bytes: number) => working.hold(bytes);
  const pass = {
    ...barePass(source, layout, !soft, places),
    ignoreIndex: ignoredTarget(soft ? null : ignoreIndex),
    targets: targets ? (soft ? hold(indexBytes(rows)) : addressOfIndices(targets, places, hold)) : 0,
    soft,
    softValues: addressOfSoft(memory, targets, layout),
    // Sums are of exactly this.
    beta: Math.fround(beta / temperatureOf(source)),
    scores: {
      what,
      rests: what === 'scores' ? working.hold(4 * (rows + 4)) : 0,
      sums: 0,
      every,
    },
  } satisfies Pass;
  const sums = working.hold(SCORE_BYTES * blockCountOf(pass));
  return { ...pass, scores: { ...pass.scores, sums } };
}

/** What a pass has found. */
export function foundScores(memory: KernelMemory, pass: Pass, rows: RowsToScore): RowScores {
  const { scores, layout, beta } = pass;
  if (!scores) throw new Error('It didn’t score anything');
  const temperature = temperatureOf(rows.source);
  const [log, gap, mean, variance, brier, counted] = sumsOf(memory, pass, scores.sums);
  const { what } = scores;
  const rests = what === 'scores' ? memory.floats(scores.rests, layout.rows).slice() : null;
  if (rests) leaveIgnoredOut(rests, rows);
  return {
    totals: {
      counted: counted!,
      nll: log! + beta * gap!,
      slope: (mean! + gap!) / temperature,
      curvature: variance! / temperature ** 2,
      finalSlope: gap! / temperature,
      brier: brier!,
      entropy: log! - beta * mean!,
    },
    confidence: rests && confidencesOf(rests),
    rests,
  };
}

/** In the order of the blocks, so that it makes no difference which thread took which. */
function sumsOf(memory: KernelMemory, pass: Pass, at: number): number[] {
  const blocks = blockCountOf(pass);
  const parts = memory.doubles(at, 2 * SCORE_SUMS * blocks);
  return Array.from({ length: SCORE_SUMS }, (_, i) => {
    const sum = new Sum();
    for (let block = 0; block < blocks; block++) {
      const part = 2 * (SCORE_SUMS * block + i);
      sum.add(parts[part]! + parts[part + 1]!);
    }
    return sum.value;
  });
}

/** NaN for rows that count nothing. */
function leaveIgnoredOut(rests: Float32Array, { targets, ignoreIndex }: RowsToScore): void {
  if (targets?.kind !== 'indices') return;
  const { values } = targets;
  const ignored = ignoredTarget(ignoreIndex);
  for (let row = values.indexOf(ignored); row !== -1; row = values.indexOf(ignored, row + 1))
    rests[row] = Number.NaN;
}

function confidencesOf(rests: Float32Array): Float64Array {
  const confidence = new Float64Array(rests.length);
  for (let row = 0; row < rests.length; row++) confidence[row] = 1 / (1 + rests[row]!);
  return confidence;
}
