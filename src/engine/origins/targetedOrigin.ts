import type { Targets } from '../../loss/rows/targets.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { PlacedProblem, PlaceRange, SourceMember } from '../../protocol/engineChannel.ts';
import { indexShape, sameShape } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import type { ValueKind } from '../../readers/logitsBatch.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { labellingOf } from '../../readers/roles/labelling.ts';
import { isPadding } from '../../readers/roles/padding.ts';
import { areShares } from '../../readers/roles/scores/sigmoidShares.ts';
import { Unreadable } from '../../readers/text/cursor.ts';
import type { Compute } from '../measure/compute.ts';
import { withFileProblems } from './fileProblems.ts';
import { judgedValues } from './firstRows.ts';
import { areLogitsElsewhere, type Origin, type ReadBatch } from './origin.ts';

/** Where targets come from, and what they're called. */
export interface NamedTargets {
  readonly origin: Origin;
  readonly name: string | undefined;
}

/** How logits are asked for. */
interface Asked {
  /** The class axis; undefined: as the source has it. */
  readonly axis: number | undefined;
  /** What targets from elsewhere may be besides classes; undefined: as the source says. */
  readonly ignoreIndex?: number | null | undefined;
  /** What a binary model's outputs are; undefined: what they look like. */
  readonly outputs?: ValueKind | undefined;
}

/** Logits as they were read, before targets from elsewhere came to them. */
interface OwnRead extends Asked {
  readonly own: ReadBatch;
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

  *read(asked: Asked): Work<Outcome<TargetedRead, PlacedProblem>> {
    const logits = yield* portion(this.#logits.read(asked.axis, asked.outputs), 0, 0.6);
    if (!logits.ok) return logits;
    return yield* portion(this.#join({ own: logits.value, ...asked }, false), 0.6, 1);
  }

  /** The same as `read`, with logits that were read before if they are what reading them again would give. */
  attach({ own, axis, outputs }: OwnRead, wanted: Asked): Work<Outcome<TargetedRead, PlacedProblem>> {
    const isSame = axis === wanted.axis && (own.batch.labelling !== 'binary' || outputs === wanted.outputs);
    return isSame ? this.#join({ own, ...wanted }, true) : this.read(wanted);
  }

  /** The arrays where the logits are. */
  listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return this.#logits.listMembers();
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
  *#join(asked: OwnRead, hasOwner: boolean): Work<Outcome<TargetedRead, PlacedProblem>> {
    const { own, axis, ignoreIndex } = asked;
    if (!this.#targets) return success({ ...asked, read: own });
    // The logits of other targets aren't among what was measured.
    if (areLogitsElsewhere(own.source))
      return failure({ reason: 'needs-logits', offset: 0, place: null, of: 'targets' });
    let fresh = hasOwner ? undefined : own;
    let isGood = false;
    let found: Targets | undefined;
    try {
      let read = own;
      let outcome = yield* portion(this.#targetsFor(this.#targets, own, ignoreIndex), 0, 0.3);
      const byTargets = outcome.ok ? undefined : axisByTargets(own, outcome.problem);
      if (byTargets !== undefined) {
        if (fresh) this.#release(fresh);
        fresh = undefined;
        const again = yield* portion(this.#logits.read(byTargets, asked.outputs), 0.3, 0.8);
        if (!again.ok) return again;
        fresh = again.value;
        read = withAxisFromTargets(fresh);
        outcome = yield* portion(this.#targetsFor(this.#targets, read, ignoreIndex), 0.8, 1);
      }
      if (!outcome.ok) return failure({ ...outcome.problem, of: 'targets' });
      const name = this.#targets.name ?? outcome.value.key;
      found = outcome.value.targets;
      const targeted = yield* withTargets(read, outcome.value, name);
      if (!targeted.ok) return targeted;
      isGood = true;
      return success({ ...asked, own: fresh ?? own, axis: byTargets ?? axis, read: targeted.value });
    } finally {
      if (fresh && !isGood) this.#release(fresh);
      if (found?.kind === 'soft' && !isGood) this.#compute.release(found.values);
    }
  }

  /** The targets for these rows. What is no class, and often padding, may be one of them where nothing else is said to be ignored. */
  *#targetsFor(
    { origin }: Pick<NamedTargets, 'origin'>,
    { batch }: Pick<ReadBatch, 'batch'>,
    wanted: number | null | undefined,
  ): Work<Outcome<PaddedTargets, PlacedProblem>> {
    const { shape, classAxis, classNames, declared } = batch;
    const ignoreIndex = wanted ?? declared.ignoreIndex;
    const context = { shape, classAxis, classNames, ignoreIndex };
    const read = yield* withFileProblems(origin.readTargets(context));
    if (read.ok) return success({ ...read.value, ignoreIndex, isAssumed: false });
    // What is ignored now need not be what these targets have for it.
    if (wanted != null) return yield* this.#targetsFor({ origin }, { batch }, undefined);
    const { problem } = read;
    if (problem.reason !== 'target-range' || ignoreIndex !== null || !isPadding(problem.found)) return read;
    const padded = { ...context, ignoreIndex: problem.found };
    const again = yield* withFileProblems(origin.readTargets(padded));
    return again.ok ? success({ ...again.value, ignoreIndex: problem.found, isAssumed: true }) : read;
  }

  #release({ source }: ReadBatch): void {
    if ('values' in source) this.#compute.release(source.values);
  }
}

/** Targets from elsewhere, and what among them isn't counted. */
interface PaddedTargets extends FoundTargets {
  readonly ignoreIndex: number | null;
  /** Nothing has said so. */
  readonly isAssumed: boolean;
}

function* withTargets(
  { batch, ...own }: ReadBatch,
  { targets, ignoreIndex, isAssumed }: PaddedTargets,
  name: string | null,
): Work<Outcome<ReadBatch, PlacedProblem>> {
  const { shape, classAxis, declared, kind, warnings } = batch;
  const { source } = own;
  try {
    const fitted = yield* labellingOf(targets, shape, classAxis, 0);
    const labelling = batch.labelling === 'binary' ? 'binary' : fitted;
    const isSigmoid =
      labelling === 'multi-label' &&
      kind === 'logits' &&
      !areLogitsElsewhere(source) &&
      areShares(judgedValues(source, shape));
    let rows = 0;
    for (const target of isAssumed ? targets.values : []) if (target === ignoreIndex) rows++;
    const assumed = { reason: 'assumed-padding', name: name ?? '', found: ignoreIndex!, rows } as const;
    return success({
      batch: {
        ...batch,
        targets,
        labelling,
        kind: isSigmoid ? 'probabilities' : kind,
        keys: { ...batch.keys, targets: name },
        declared: { ...declared, ignoreIndex },
        warnings: isAssumed ? [...warnings, assumed] : warnings,
      },
      ...own,
    });
  } catch (error) {
    if (error instanceof Unreadable) return failure({ ...error.problem, place: null, of: 'targets' });
    throw error;
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

function withAxisFromTargets({ batch, ...own }: ReadBatch): ReadBatch {
  return { batch: { ...batch, classAxisFrom: 'targets' }, ...own };
}
