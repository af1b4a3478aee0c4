/** Which of several arrays are meant. */
export interface Wish {
  /** The logits, by their name. */
  readonly member?: string;
  /** Their targets, by name; null: none of those beside them. */
  readonly ownTargets?: string | null;
  /** One output per row is a binary model's: someone has said so. */
  readonly binary?: boolean;
  /** The axis of the classes, if the user has chosen one. */
  readonly classAxis?: number;
}
