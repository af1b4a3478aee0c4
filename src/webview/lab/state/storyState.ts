import { comparisonsOf, firstSetup, type LabSetup, type PlannedComparison } from './labSetups.ts';
import { FIRST_STATE, type LabState } from './labState.ts';
import type { TrainedPart } from './trainedPart.ts';

/** The lab's state, and what it means for the story that is in front. */
export class StoryState {
  readonly #changed: () => void;
  #state: LabState = FIRST_STATE;
  #planned: { readonly from: LabState; readonly comparisons: readonly PlannedComparison[] } | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): LabState {
    return this.#state;
  }

  set(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }

  putPart(part: TrainedPart): void {
    this.set({ parts: new Map(this.#state.parts).set(part.plan.key, part) });
  }

  get setup(): LabSetup {
    return this.#state.setups[this.#state.story] ?? firstSetup(this.#state.story);
  }

  /** What the story would train as it's set up now. */
  get planned(): readonly PlannedComparison[] {
    const { story, setups, own } = this.#state;
    const before = this.#planned?.from;
    // It's asked for many times in a frame, and seldom another.
    if (!before || before.story !== story || before.setups !== setups || before.own !== own)
      this.#planned = { from: this.#state, comparisons: comparisonsOf(story, this.setup, own) };
    return this.#planned!.comparisons;
  }

  /** What is shown: what is set up, if that was trained, else what was trained before. */
  get parts(): readonly TrainedPart[] {
    const { parts, shown, story } = this.#state;
    const now = this.planned.flatMap(({ key, claims }) => {
      const part = parts.get(key);
      return part ? [{ ...part, plan: { ...part.plan, claims } }] : [];
    });
    if (now.length > 0) return now;
    return (shown[story] ?? []).flatMap((key) => parts.get(key) ?? []);
  }

  /** What is shown isn't what is set up. */
  get isStale(): boolean {
    const { parts } = this.#state;
    return this.parts.length > 0 && !this.planned.some(({ key }) => parts.has(key));
  }
}
