import { Int, type PyValue } from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';
import { labelsOf, scoresOf } from './batch.ts';
import type { Conditions } from './conditions.ts';

/** Weights of which no two are alike, as no two of their products are. */
export function distinctWeights(classes: number): number[] {
  return Array.from({ length: classes }, (_, k) => 0.5 + 0.37 * k + 0.11 * ((k * 7) % 3));
}

/** The tensors a definition is called with, laid out as it expects them. */
export class TrialTensors {
  /** Parameters that got logits, in order. */
  readonly scores: string[] = [];
  readonly #given: Pick<Conditions, 'setup' | 'batch'>;
  /** A second call gets the same. */
  readonly #made = new Map<string, PyValue>();

  constructor(given: Pick<Conditions, 'setup' | 'batch'>) {
    this.#given = given;
  }

  scoresFor(name: string): PyValue {
    const known = this.#made.get(name);
    if (known) return known;
    const { setup, batch } = this.#given;
    const rows = batch.logits[Math.min(this.scores.length, batch.logits.length - 1)]!;
    this.scores.push(name);
    const tensor = scoresOf(rows, setup.classes, setup.way);
    this.#made.set(name, tensor);
    return tensor;
  }

  labels(): PyValue {
    const { setup, batch } = this.#given;
    if (setup.way.labels === 'number') return new Int(batch.labels[0]!);
    return labelsOf(batch.labels, setup.classes, setup.way);
  }

  weights(): PyValue {
    const { classes, weights, way } = this.#given.setup;
    const values = weights === 'distinct' ? distinctWeights(classes) : new Array<number>(classes).fill(1);
    return new PyTensor(Float64Array.from(values), [classes], 'float', way.library);
  }

  /** Sequences are of full length; undefined where there are none. */
  lengths(): PyValue | undefined {
    const { way } = this.#given.setup;
    if (way.layout !== 'sequence' && way.layout !== 'oneSequence') return undefined;
    const rows = this.#given.batch.labels.length;
    const [count, length] = way.layout === 'sequence' ? [rows / 2, 2] : [1, rows];
    return new PyTensor(new Float64Array(count).fill(length), [count], 'int', way.library);
  }

  /** Every row counts, and as much as any other. */
  mask(): PyValue {
    const { setup, batch } = this.#given;
    const { classes, way, rowWeight = 1 } = setup;
    const labels = labelsOf(batch.labels, classes, { ...way, labels: 'index' });
    return new PyTensor(new Float64Array(labels.size).fill(rowWeight), labels.shape, 'float', way.library);
  }
}
