import type { SourcePlace, SourceSpan } from '../sourcePlace.ts';
import type { Fix } from './fix.ts';

/** What is wrong with how a loss is used: with what it's given, where, and when. */
export type UsageFinding =
  | ConfidenceAlpha
  | BooleanAlpha
  | OldRelease
  | ProbabilitiesAsLogits
  | LogitsAsProbabilities
  | WeightsMoveOptimum
  | SmoothedTwice
  | SmoothedEvaluation
  | SmoothedStopping
  | SmoothedPerplexity
  | MaskedLogits
  | PaddingCounts
  | TrainerAccumulation
  | TrainerMultiLabel
  | TrainerOwnLoss
  | OverwrittenLoss
  | SmoothedTeacher;

interface InUse {
  readonly span: SourceSpan;
  readonly fix: Fix | null;
}

/** It may be done in another file or cell than where the loss is. */
interface DoneElsewhere extends InUse {
  /** Where it's done, if that isn't in this document. */
  readonly place: SourcePlace | null;
}

/** α is so large that 1 − α was meant, by the look of it: 0.9, or a value named confidence. */
export interface ConfidenceAlpha extends InUse {
  readonly rule: 'confidence-alpha';
  readonly found: number;
  readonly on: number | null;
  readonly off: number | null;
}

/** `label_smoothing=True` */
export interface BooleanAlpha extends InUse {
  readonly rule: 'boolean-alpha';
  readonly argument: string;
}

/** The release that the project asks for doesn't have the argument yet. */
export interface OldRelease extends InUse {
  readonly rule: 'old-release';
  readonly argument: string;
  readonly package: string;
  readonly version: string;
  /** The first release that has it. */
  readonly since: string;
}

/** A softmax or a sigmoid in front of a loss that applies its own. */
export interface ProbabilitiesAsLogits extends DoneElsewhere {
  readonly rule: 'probabilities-as-logits';
  readonly activation: 'softmax' | 'sigmoid';
  /** It takes logarithms of probabilities, and applies nothing: without the logarithm its loss is −p. */
  readonly takesLogs?: true;
  /** The argument that says the loss takes logits; null where it always does. */
  readonly argument: string | null;
  /** Keras' TensorFlow backend goes back to the logits, and warns; its others don't. */
  readonly byBackend: boolean;
  /** The lowest loss that is left, in nats, and K; null where it isn't known. */
  readonly least: { readonly loss: number; readonly classes: number; readonly alpha: number } | null;
}

/** A loss of probabilities gets what a layer without an activation gives. */
export interface LogitsAsProbabilities extends DoneElsewhere {
  readonly rule: 'logits-as-probabilities';
  readonly layer: string;
  readonly argument: string;
  /** What makes probabilities of its logits. */
  readonly activation: 'softmax' | 'sigmoid';
}

/** A class weighs so much that rows of another are predicted best as it. */
export interface WeightsMoveOptimum extends InUse {
  readonly rule: 'weights-move-optimum';
  /** Zero-based: rows of this class … */
  readonly moved: number;
  /** … are predicted best as that one. */
  readonly to: number;
  /** How many classes are moved. */
  readonly count: number;
  readonly ratio: number;
  /** More than this moves the optimum. */
  readonly limit: number;
  readonly classes: number;
}

/** Targets that are smoothed already are smoothed again. */
export interface SmoothedTwice extends InUse {
  readonly rule: 'smoothed-twice';
  /** What smooths them first, as it's written. */
  readonly by: string;
  /** α there, here, and of both together; null where the first isn't known. */
  readonly first: number | null;
  readonly second: number;
  readonly together: number | null;
}

/** The loss of an evaluation is smoothed. */
export interface SmoothedEvaluation extends InUse {
  readonly rule: 'smoothed-evaluation';
  /** What shows that it's an evaluation: `torch.no_grad`, `validate`. */
  readonly shown: string;
  readonly least: number | null;
}

/** Training is stopped, or its rate changed, by a loss that is smoothed. */
export interface SmoothedStopping extends InUse {
  readonly rule: 'smoothed-stopping';
  readonly callback: string;
  readonly monitor: string;
}

/** exp of a smoothed loss. */
export interface SmoothedPerplexity extends InUse {
  readonly rule: 'smoothed-perplexity';
  readonly least: number | null;
}

/** A class that is masked with −∞ has a share of the target. */
export interface MaskedLogits extends DoneElsewhere {
  readonly rule: 'masked-logits';
  /** It's the lowest number there is in place of −∞. */
  readonly finite: boolean;
}

/** Rows of padding count as any others. */
export interface PaddingCounts extends InUse {
  readonly rule: 'padding-counts';
  readonly padding: string;
  readonly argument: string;
}

/** The Trainer of some releases doesn't divide a smoothed loss by the steps over which gradients are added up. */
export interface TrainerAccumulation extends InUse {
  readonly rule: 'trainer-accumulation';
  readonly steps: number;
  readonly version: string | null;
}

/** The Trainer doesn't smooth where a row has several labels. */
export interface TrainerMultiLabel extends InUse {
  readonly rule: 'trainer-multi-label';
}

/** The Trainer's loss isn't its own, so α does nothing. */
export interface TrainerOwnLoss extends InUse {
  readonly rule: 'trainer-own-loss';
  readonly by: string;
}

/** Another loss takes the place of a smoothed one before that is used. */
export interface OverwrittenLoss extends InUse {
  readonly rule: 'overwritten-loss';
  readonly name: string;
  /** Zero-based: where it's overwritten. */
  readonly line: number;
}

/** A student learns from a teacher that was trained with smoothing. */
export interface SmoothedTeacher extends InUse {
  readonly rule: 'smoothed-teacher';
  readonly teacher: string;
  readonly alpha: number;
}
