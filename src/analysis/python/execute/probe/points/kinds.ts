import type { Reading } from '../../execution.ts';
import { type Matrix, massOf } from '../algebra/matrix.ts';
import type { Callable } from '../callable.ts';
import { formOfFit, near } from '../forms.ts';
import { round } from '../triedConventions.ts';
import type { Point } from './figures.ts';

export interface Kind {
  readonly form: Reading['form'];
  readonly scales: readonly (number | 'perClass')[];
  readonly scaleOf: (set: number, classes: number) => number;
}

/** One form for all that was tried, and what its losses are multiplied by. */
export function kindOfPoints(points: readonly Point[], found: Callable): Kind | null {
  if (found.isTargets) return { form: 'ce', scales: [1], scaleOf: () => 1 };
  const forms = points.map(({ matrix }) => formOfMatrix(matrix));
  const [form] = forms;
  if (!form || forms.some((each) => each?.form !== form.form)) return null;
  // A line in what it's given that isn't 0 at 0 is no loss of log-probabilities.
  if (form.form === 'sum' && found.setup.way.takes === 'logProbabilities') return null;
  const sets = points[0]!.evens.length;
  const scales = Array.from({ length: sets }, (_, set) =>
    form.form === 'ce' || form.form === 'sum'
      ? massScale(points, set, found)
      : oneScale(
          points.map(({ classes, evens }, i) => ({
            classes,
            scale: form.form === 'kl' ? forms[i]!.scale : evens[set]!.scale,
          })),
        ),
  );
  const known = scales.filter((scale) => scale !== null);
  if (known.length < sets) return null;
  // Several tokens of a sequence count as one row where a loss is divided by the length of its batch.
  if (found.setup.way.layout !== 'table' && known.some((scale) => scale !== 1 && scale !== 'perClass'))
    return null;
  return {
    form: form.form,
    scales: known,
    scaleOf: (set, classes) => (known[set] === 'perClass' ? 1 / classes : (known[set] as number)),
  };
}

function formOfMatrix({ fits }: Matrix): { readonly form: Reading['form']; readonly scale: number } | null {
  const forms = [...fits.values()].map(formOfFit);
  const [first] = forms;
  // One-hot rows of a divergence have the constant of a cross-entropy.
  const main = forms.find((form) => form?.form === 'kl') ?? first;
  if (!main || forms.some((form) => !form)) return null;
  return forms.every((form) => form!.form === main.form) ? main : null;
}

function oneScale(
  all: readonly { readonly classes: number; readonly scale: number }[],
): number | 'perClass' | null {
  const [first] = all;
  if (!first) return null;
  if (all.every(({ scale }) => near(scale, first.scale)))
    return near(first.scale, 1) ? 1 : round(first.scale);
  return all.every(({ classes, scale }) => near(scale * classes, 1)) ? 'perClass' : null;
}

/**
 * Targets sum to 1, whatever α and K: what they sum to instead, if it's always the same while the targets change, or
 * 1/K, is what the loss is multiplied by. Where the sum depends on α it's the targets that don't sum to 1.
 */
function massScale(points: readonly Point[], set: number, found: Callable): number | 'perClass' {
  const all = points.map(({ classes, evens }) => ({ classes, scale: massOf(evens[set]!, classes) }));
  const varies =
    points.some(({ evens }) => !near(evens[set]!.on, points[0]!.evens[set]!.on)) ||
    points.every(({ evens }) => evens[set]!.off === 0);
  const severalK = new Set(all.map(({ classes }) => classes)).size > 1;
  const scale = oneScale(all);
  if (scale === 'perClass') return severalK ? scale : 1;
  return scale !== null && (varies || found.sets > 1) && scale > 0 ? scale : 1;
}
