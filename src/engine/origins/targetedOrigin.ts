import { portion, type Work } from '../../loss/work.ts';
import type { PlacedProblem, PlaceRange, SourceMember } from '../../protocol/engineChannel.ts';
import { indexShape, sameShape, type TargetContext } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { Compute } from '../measure/compute.ts';
import { withFileProblems } from './fileProblems.ts';
import type { Origin, ReadBatch } from './origin.ts';

/** Logits from one place with targets from another, which are checked whenever the rows change. */
export class TargetedOrigin implements Origin {
  readonly #logits: Origin;
  readonly #targets: Origin;
  /** What the targets are called. */
  readonly #name: string | undefined;
  readonly #compute: Compute;

  constructor(logits: Origin, targets: Origin, name: string | undefined, compute: Compute) {
    this.#logits = logits;
    this.#targets = targets;
    this.#name = name;
    this.#compute = compute;
  }

  *read(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    let read: ReadBatch | undefined;
    let isGood = false;
    try {
      const logits = yield* portion(this.#logits.read(classAxis), 0, 0.6);
      if (!logits.ok) return logits;
      read = logits.value;
      let found = yield* portion(this.#targetsFor(read), 0.6, 0.7);
      const axis = found.ok ? undefined : axisByTargets(read, found.problem);
      if (axis !== undefined) {
        this.#release(read);
        read = undefined;
        const again = yield* portion(this.#logits.read(axis), 0.7, 0.9);
        if (!again.ok) return again;
        read = withAxisFromTargets(again.value);
        found = yield* portion(this.#targetsFor(read), 0.9, 1);
      }
      if (!found.ok) return failure({ ...found.problem, of: 'targets' });
      isGood = true;
      const { batch, source } = read;
      const keys = { ...batch.keys, targets: this.#name ?? found.value.key };
      return success({ batch: { ...batch, targets: found.value.targets, keys }, source });
    } finally {
      if (read && !isGood) this.#release(read);
    }
  }

  readTargets(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    return this.#targets.readTargets(context);
  }

  listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return this.#logits.listMembers();
  }

  check(): PlacedProblem | undefined {
    const problem = this.#targets.check();
    return this.#logits.check() ?? (problem && { ...problem, of: 'targets' });
  }

  range(batch: ReadBatch['batch']): PlaceRange | null {
    return this.#logits.range(batch);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange | null {
    return this.#logits.rangeOfRow(batch, row);
  }

  #targetsFor({ batch }: ReadBatch): Work<Outcome<FoundTargets, PlacedProblem>> {
    const { shape, classAxis, classNames, declared } = batch;
    const context = { shape, classAxis, classNames, ignoreIndex: declared.ignoreIndex };
    return withFileProblems(this.#targets.readTargets(context));
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
