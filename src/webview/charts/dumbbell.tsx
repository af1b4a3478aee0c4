import * as l10n from '@vscode/l10n';
import { scaleLinear, scaleLog } from 'd3-scale';
import { leastOf } from '../../loss/mostOf.ts';
import { exact, minus, probability, signed } from '../../words/numberFormat.ts';
import { isolated } from '../widgets/classNames.ts';
import type { ClassLine } from './classLines.ts';
import { ClassRows, type ClassScale, linearTicks } from './classRows.tsx';
import { Legend } from './legend.tsx';

interface Props {
  readonly lines: readonly ClassLine[];
  readonly logAxis: boolean;
  /** Over the figures beside the classes. */
  readonly gradientName: string;
  /** The class's name, and what stands behind it. */
  readonly name: (line: ClassLine) => string;
  readonly mark: (line: ClassLine) => string;
  /** The target without smoothing isn't one class. */
  readonly isSoft: boolean;
}

/** What stands behind the names of classes. */
const NAME_MARKS = [
  { sign: '✓', words: () => l10n.t('true class') },
  { sign: '✗', words: () => l10n.t('wrong prediction') },
] as const;

/** For each class the prediction, the smoothed target, and the line between them: the gradient. */
export function Dumbbell({ lines, logAxis, gradientName, name, mark, isSoft }: Props) {
  const smallest = smallestOf(lines.flatMap(({ target, prediction }) => [target, prediction]));
  return (
    <>
      <ClassRows
        rows={lines.map((line) => ({
          index: line.index,
          name: name(line),
          mark: mark(line),
          tooltip: tooltip(name(line), line, isSoft),
          figure: signed(line.gradient),
        }))}
        label={l10n.t('Predictions and targets by class')}
        head={gradientName}
        scale={(range) => probabilityScale(range, logAxis ? smallest : undefined)}
        ticks={logAxis ? logTicks : linearTicks}
        marks={(i, x) => {
          const { hard, target, prediction } = lines[i]!;
          return (
            <>
              <path class="pull" d={`M${x(prediction)},0H${x(target)}`} />
              {/* A log axis has no 0. */}
              {(hard > 0 || !logAxis) && <line class="hard" x1={x(hard)} x2={x(hard)} y1={-9} y2={9} />}
              <circle class="target" cx={x(target)} r={4.5} />
              <circle class="prediction" cx={x(prediction)} r={5} />
            </>
          );
        }}
      />
      <Legend
        entries={[
          {
            sign: '❘',
            mark: 'hard',
            text: isSoft ? l10n.t('target without smoothing') : l10n.t('hard target'),
          },
          { sign: '●', mark: 'target', text: l10n.t('smoothed target') },
          { sign: '○', mark: 'prediction', text: l10n.t('prediction') },
          ...NAME_MARKS.filter(({ sign }) => lines.some((line) => mark(line).includes(sign))).map(
            ({ sign, words }) => ({ sign, mark: 'sign', text: words() }),
          ),
        ]}
      />
    </>
  );
}

function tooltip(name: string, { hard, target, prediction, gradient }: ClassLine, isSoft: boolean): string {
  return [
    isolated(name),
    isSoft
      ? l10n.t('target without smoothing {0}', probability(hard))
      : l10n.t('hard target {0}', probability(hard)),
    l10n.t('smoothed target {0}', exact(target)),
    l10n.t('prediction {0}', exact(prediction)),
    l10n.t('gradient {0} nats per unit of logit', exact(gradient)),
  ].join('\n');
}

/** The smallest of some probabilities that a log axis has to show. */
function smallestOf(probabilities: readonly number[]): number {
  return leastOf(probabilities, (p) => (p > 1e-9 ? Math.min(p, 0.1) : 0.1));
}

/** From 0 to 1, or logarithmic from half the smallest. What is no number is at its start. */
export function probabilityScale(range: [number, number], smallest: number | undefined): ClassScale {
  if (smallest === undefined) return scaleLinear().domain([0, 1]).range(range).unknown(range[0]);
  return scaleLog()
    .domain([smallest / 2, 1])
    .range(range)
    .clamp(true)
    .unknown(range[0]);
}

/** Powers of ten, and of many those there's room for. */
function logTicks(x: ClassScale, most: number): { value: number; text: string }[] {
  const isPower = (value: number) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;
  const powers = x.ticks(Math.max(2, Math.min(5, most))).filter(isPower);
  const step = Math.max(1, Math.ceil(powers.length / Math.max(2, most)));
  return powers
    .filter((_, i) => (powers.length - 1 - i) % step === 0)
    .map((value) => ({
      value,
      text: value < 0.001 ? minus(value.toExponential(0)) : String(value),
    }));
}
