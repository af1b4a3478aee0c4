import type { AppliedAlpha, ConfigSnapshot, NearbyLoss } from '../../../protocol/panelSnapshot.ts';
import type { CodeLoss } from '../../editor/nearby/codeLoss.ts';
import type { Source } from '../../sources/source.ts';
import { appliedAlpha, placeOfLoss, takenLoss } from './appliedAlpha.ts';
import { type FindLosses, NearbyLosses } from './nearbyLosses.ts';

/** The loss that was opened, among those that are offered. */
const OPENED = 'opened';

/** Where the α of a panel's logits is from, if it's from code. */
export class AlphaOrigin {
  readonly #nearby: NearbyLosses;
  /** The loss that was opened, a nearby one by its id that was chosen, or the only one where the logits are. */
  #from: 'opened' | 'only' | { readonly chosen: string } = 'only';
  #opened: ConfigSnapshot | undefined;

  /** `changed`: what is known of losses near the logits is different. */
  constructor(find: FindLosses, changed: () => void) {
    this.#nearby = new NearbyLosses(find, changed);
  }

  /** The loss that was opened last. */
  get opened(): ConfigSnapshot | undefined {
    return this.#opened;
  }

  /** The loss that α is from, or would be once it's known. */
  get loss(): ConfigSnapshot | undefined {
    return this.#taken?.config ?? this.#opened;
  }

  get isOpened(): boolean {
    return this.#from === 'opened';
  }

  /**
   * Other logits: α is that of the only loss of their own notebook or file. A loss that was opened for logits of another place is
   * offered to these, and not taken.
   */
  async follow(source: Source): Promise<void> {
    const before = this.#nearby.place;
    await this.#nearby.follow(source);
    const isSamePlace = before !== undefined && before === this.#nearby.place;
    const isOpened = this.#opened && (this.#nearby.isHere(this.#opened) || (this.isOpened && isSamePlace));
    this.#from = isOpened && !this.#nearby.only ? 'opened' : 'only';
  }

  /** A loss was opened, or has changed in its code. */
  open(config: ConfigSnapshot): void {
    this.#opened = config;
  }

  /** Takes the loss that was opened, for logits of K classes. Undefined if it can't be theirs. */
  takeOpened(classes: number): AppliedAlpha | undefined {
    const applied = this.#opened && this.#ofOpened(this.#opened, classes, true);
    if (applied) this.#from = 'opened';
    return applied;
  }

  /** Takes a nearby loss, for logits of K classes. Undefined if it isn't there any more, or can't be theirs. */
  choose(id: string, classes: number): AppliedAlpha | undefined {
    if (id === OPENED) return this.takeOpened(classes);
    const loss = this.#nearby.byId(id);
    const applied = loss && takenLoss(loss, classes, true, this.#nearby.isHere(loss.config));
    if (applied) this.#from = { chosen: id };
    return applied;
  }

  /** α for logits of K classes; undefined if no code says it. */
  alphaFor(classes: number): AppliedAlpha | undefined {
    if (this.isOpened) return this.#opened && this.#ofOpened(this.#opened, classes, false);
    const loss = this.#taken;
    return loss && takenLoss(loss, classes, false, this.#nearby.isHere(loss.config));
  }

  /** What is offered beside an α: what is near the logits; where none is in their own place, also the loss that was opened elsewhere. */
  offered(applied: AppliedAlpha | null): readonly NearbyLoss[] {
    const opened = this.#opened;
    const openedId = opened && this.#nearby.idOf(opened);
    const taken = this.isOpened ? openedId : this.#taken?.id;
    const nearby = this.#nearby.offered(applied ? taken : undefined);
    const isElsewhere = opened && openedId === undefined && !nearby.some(({ isHere }) => isHere);
    return isElsewhere ? [...nearby, this.#offer(opened, applied !== null && this.isOpened)] : nearby;
  }

  #offer(opened: ConfigSnapshot, isTaken: boolean): NearbyLoss {
    const { name, labelSmoothing } = opened;
    const isHere = this.#nearby.isHere(opened);
    return {
      id: OPENED,
      name,
      labelSmoothing,
      place: placeOfLoss(opened, isHere),
      isHere,
      isTaken,
      why: null,
    };
  }

  dispose(): void {
    this.#nearby.dispose();
  }

  #ofOpened(opened: ConfigSnapshot, classes: number, isWanted: boolean): AppliedAlpha | undefined {
    return appliedAlpha(opened, classes, isWanted, this.#nearby.isHere(opened));
  }

  get #taken(): CodeLoss | undefined {
    if (this.#from === 'opened') return undefined;
    return this.#from === 'only' ? this.#nearby.only : this.#nearby.byId(this.#from.chosen);
  }
}
