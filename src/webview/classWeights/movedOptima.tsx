import * as l10n from '@vscode/l10n';
import { alphaOfUniform } from '../../loss/conventions/conventions.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { inversionBound } from '../../loss/rows/softTargets.ts';
import type { ClassOptima } from '../../loss/theory/classOptima.ts';
import { uniformBound } from '../../loss/theory/classOptima.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { count, plain, probability } from '../../words/numberFormat.ts';
import { equalsSign, numberIn } from '../../words/readNumber.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { isolated } from '../widgets/classNames.ts';

interface Props {
  readonly measured: Measured;
  readonly spec: PanelSpec;
  readonly smoothing: Smoothing;
  readonly optima: ClassOptima;
  readonly name: (k: number) => string;
}

/** More of them are counted, not named. */
const NAMED = 3;

/** A warning where the best prediction for a class is another class. */
export function MovedOptima(props: Props) {
  const { measured, optima } = props;
  const { weight, totals } = measured;
  const moved = Array.from(optima.favoured, (_, y) => y).filter((y) => optima.favoured[y] !== y);
  if (!weight || moved.length === 0) return null;
  const rows = moved.reduce((sum, y) => sum + totals.perClass[y]!, 0);
  return (
    <div class="problem" role="alert" data-figure="moved">
      {moved.slice(0, NAMED).map((y) => (
        <p key={y}>{sentence(y, weight, props)}</p>
      ))}
      {moved.length > NAMED && (
        <p>{l10n.t('The same holds for {0} more classes.', count(moved.length - NAMED))}</p>
      )}
      {rows > 0 && (
        <p>{l10n.t('{0} of {1} rows have such a true class.', count(rows), count(totals.counted))}</p>
      )}
    </div>
  );
}

function sentence(
  y: number,
  weight: Float64Array,
  { spec, smoothing, optima: { favoured, most }, name }: Props,
): string {
  const other = favoured[y]!;
  const [own, theirs] = [weight[y]!, weight[other]!];
  if (own === 0)
    return l10n.t(
      'When class {0} is true, the optimal prediction is class {1} (p = {2}), because the weight of class {0} is 0.',
      isolated(name(y)),
      isolated(name(other)),
      probability(most[y]!),
    );
  const ratio = theirs / own;
  // The optimal p of all others is their weight's share of the same target.
  const tied = weight.filter((w, c) => c !== y && c !== smoothing.padding && w === theirs).length;
  const formula = spec.convention === 'UNIFORM_K' ? '1 + K(1 − α)/α' : l10n.t('on/off');
  const bound = inversionBound(smoothing);
  const shown = plain(bound);
  const size = ratio >= 1000 ? count(Math.round(ratio)) : plain(ratio);
  // A formula stays in one line.
  const limit = `${formula} ${equalsSign(bound, numberIn(shown))} ${shown}`.replaceAll(' ', '\u00a0');
  const alpha = plain(alphaOfUniform(spec.convention, uniformBound(ratio, smoothing), smoothing.classes));
  const p = probability(most[y]!);
  if (tied > 1)
    return l10n.t(
      'When class {0} is true, the loss is lowest with p = {2} for each of {1} other classes. Their weights are {3} times as large, and a ratio above {4} moves the optimum away from the true class. Below α = {5} the optimum stays at class {0}.',
      isolated(name(y)),
      count(tied),
      p,
      size,
      limit,
      alpha,
    );
  return l10n.t(
    'When class {0} is true, the optimal prediction is class {1} (p = {2}). Its weight is {3} times as large, and a ratio above {4} moves the optimum to another class. Below α = {5} the optimum stays at class {0}.',
    isolated(name(y)),
    isolated(name(other)),
    p,
    size,
    limit,
    alpha,
  );
}
