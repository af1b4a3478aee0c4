/** How long typing pauses before all logits are gone through with the new value. */
export const PASS_PAUSE_MS = 150;
