/** The targets of a row: of its true class, of every other class, and what all of them sum to. */
export interface TargetValues {
  readonly on: number;
  readonly off: number;
  /** Of a sigmoid that shares with no other class: of the class and its absence. */
  readonly sum: number;
}
