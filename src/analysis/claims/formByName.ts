import type { LossKind } from '../../frameworks/frameworkApi.ts';

/** Losses whose targets are smoothed, too, and that are no cross-entropy of classes. */
const OTHERS =
  /bce|binary|bernoulli|sigmoid|logistic|multi_?label|focal|ctc|mse|dice|iou|kl_?(?:div|loss)|rnnt|transduc|contrast|nce|triplet|\bgan|discrim|[dik]po\b|reward|prefer|yolo|detect|distil/i;

/** Characters of what stands around a name that are looked at. */
const LONGEST_AROUND = 4000;

/**
 * What a loss computes whose code isn't here: label smoothing is that of a cross-entropy, unless its name or what stands around it says
 * otherwise. Nothing follows from it but what it's called: neither targets nor a floor.
 */
export function formByName(around: readonly string[]): LossKind | null {
  const texts = around.map((text) => text.slice(0, LONGEST_AROUND));
  // Ultralytics' models of that name tell classes apart; others find boxes, with a sigmoid for each class.
  if (texts.some((text) => /yolo/i.test(text) && /-cls\b/.test(text))) return 'ce';
  return texts.some((text) => OTHERS.test(text)) ? null : 'ce';
}
