import type { ValueKind } from '../logitsBatch.ts';

/** Which of several arrays are meant. */
export interface Wish {
  /** The logits, by their name. */
  readonly member?: string;
  /** Their targets, by name; null: none of those beside them. */
  readonly ownTargets?: string | null;
  /** One output per row is a binary model's: someone has said so. */
  readonly binary?: boolean;
  /** What a binary model's outputs are: someone has said so, whatever they look like. */
  readonly outputs?: ValueKind;
  /** The file that all of the source is in: its name may say what it has. */
  readonly fileName?: string;
  /** The axis of the classes, if the user has chosen one. */
  readonly classAxis?: number;
}
