import { portion, type Work } from '../../loss/work.ts';
import type { PlacedProblem, PlaceRange } from '../../protocol/engineChannel.ts';
import { indexShape, sameShape } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { Compute } from '../measure/compute.ts';
import { withFileProblems } from './fileProblems.ts';
import type { Origin, ReadBatch } from './origin.ts';

/** Where targets come from, and what they're called. */
export interface NamedTargets {
  readonly origin: Origin;
  readonly name: string | undefined;
}

/** Logits as they were read, before targets from elsewhere came to them. */
interface OwnRead {
  readonly own: ReadBatch;
  /** The class axis that was asked for; undefined: as the source has it. */
  readonly axis: number | undefined;
}

/** The same logits with the targets they're measured against. Both have their values in common. */
export interface TargetedRead extends OwnRead {
  readonly read: ReadBatch;
}

/** Logits from one place, with targets from another if there are any: those are checked whenever the rows change. */
export class TargetedOrigin {
  readonly #logits: Origin;
  readonly #targets: NamedTargets | null;
  readonly #compute: Compute;

  constructor(logits: Origin, targets: NamedTargets | null, compute: Compute) {
    this.#logits = logits;
    this.#targets = targets;
    this.#compute = compute;
  }

  /** The same logits with other targets, or for null with their own. */
  withTargets(targets: NamedTargets | null): TargetedOrigin {
    return new TargetedOrigin(this.#logits, targets, this.#compute);
  }

  *read(axis: number | undefined): Work<Outcome<TargetedRead, PlacedProblem>> {
    const logits = yield* portion(this.#logits.read(axis), 0, 0.6);
    if (!logits.ok) return logits;
    return yield* portion(this.#join({ own: logits.value, axis }, false), 0.6, 1);
  }

  /** The same as `read`, with logits that were read before if they are what reading them again would give. */
  attach({ own, axis }: OwnRead, wanted: number | undefined): Work<Outcome<TargetedRead, PlacedProblem>> {
    return axis === wanted ? this.#join({ own, axis }, true) : this.read(wanted);
  }

  check(): PlacedProblem | undefined {
    const problem = this.#targets?.origin.check();
    return this.#logits.check() ?? (problem && { ...problem, of: 'targets' });
  }

  range(batch: ReadBatch['batch']): PlaceRange | null {
    return this.#logits.range(batch);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange | null {
    return this.#logits.rangeOfRow(batch, row);
  }

  /** Puts the targets to logits, which are given back if that fails; but not if someone else has them. */
  *#join({ own, axis }: OwnRead, hasOwner: boolean): Work<Outcome<TargetedRead, PlacedProblem>> {
    if (!this.#targets) return success({ own, axis, read: own });
    let fresh = hasOwner ? undefined : own;
    let isGood = false;
    try {
      let read = own;
      let outcome = yield* portion(this.#targetsFor(this.#targets, own), 0, 0.3);
      const byTargets = outcome.ok ? undefined : axisByTargets(own, outcome.problem);
      if (byTargets !== undefined) {
        if (fresh) this.#release(fresh);
        fresh = undefined;
        const again = yield* portion(this.#logits.read(byTargets), 0.3, 0.8);
        if (!again.ok) return again;
        fresh = again.value;
        read = withAxisFromTargets(fresh);
        outcome = yield* portion(this.#targetsFor(this.#targets, read), 0.8, 1);
      }
      if (!outcome.ok) return failure({ ...outcome.problem, of: 'targets' });
      isGood = true;
      const { batch, source } = read;
      const keys = { ...batch.keys, targets: this.#targets.name ?? outcome.value.key };
      const targeted = { batch: { ...batch, targets: outcome.value.targets, keys }, source };
      return success({ own: fresh ?? own, axis: byTargets ?? axis, read: targeted });
    } finally {
      if (fresh && !isGood) this.#release(fresh);
    }
  }

  #targetsFor({ origin }: NamedTargets, { batch }: ReadBatch): Work<Outcome<FoundTargets, PlacedProblem>> {
    const { shape, classAxis, classNames, declared } = batch;
    const context = { shape, classAxis, classNames, ignoreIndex: declared.ignoreIndex };
    return withFileProblems(origin.readTargets(context));
  }

  #release({ source }: ReadBatch): void {
    if ('values' in source) this.#compute.release(source.values);
  }
}

/** The only axis that targets of this shape leave to the classes, where nothing but PyTorch's custom has said another. */
function axisByTargets({ batch }: ReadBatch, problem: PlacedProblem): number | undefined {
  if (batch.classAxisFrom !== 'convention' || problem.reason !== 'target-shape') return undefined;
  const { shape } = batch;
  const fitting = shape
    .map((_, axis) => axis)
    .filter((axis) => sameShape(problem.found, indexShape(shape, axis)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function withAxisFromTargets({ batch, source }: ReadBatch): ReadBatch {
  return { batch: { ...batch, classAxisFrom: 'targets' }, source };
}
