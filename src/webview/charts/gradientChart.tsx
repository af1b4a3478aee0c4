import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { mostOf } from '../../loss/mostOf.ts';
import { count, exact, plainProbability, signed } from '../../words/numberFormat.ts';
import { percent } from '../../words/percent.ts';
import { type RowCount, rowCountText } from '../summary/certainty.ts';
import { isolated } from '../widgets/classNames.ts';
import type { ClassLine } from './classLines.ts';
import { ClassRows, linearTicks } from './classRows.tsx';

interface Props {
  readonly lines: readonly ClassLine[];
  /** Over the figures beside the classes. */
  readonly gradientName: string;
  /** The index of the true class. */
  readonly target: number;
  /** The class's name, and what stands behind it. */
  readonly name: (line: ClassLine) => string;
  readonly mark: (line: ClassLine) => string;
}

/** The gradient of each class as a bar from zero: right of it the step of training lowers the logit, left of it, it raises it. */
export function GradientChart({ lines, gradientName, target, name, mark }: Props) {
  const largest = mostOf(lines, ({ gradient }) =>
    Number.isFinite(gradient) ? Math.max(1e-6, Math.abs(gradient)) : 1e-6,
  );
  return (
    <>
      <p class="directions" aria-hidden="true">
        <span>◀ {l10n.t('raises the logit')}</span>
        <span>{l10n.t('lowers the logit')} ▶</span>
      </p>
      <ClassRows
        rows={lines.map((line) => ({
          index: line.index,
          name: name(line),
          mark: mark(line),
          tooltip: tooltip(name(line), line),
          figure: signed(line.gradient),
        }))}
        label={l10n.t('Gradient by class')}
        head={gradientName}
        scale={(range) => scaleLinear().domain([-largest, largest]).nice(4).range(range)}
        ticks={linearTicks}
        marks={(i, x) => {
          const { gradient, index } = lines[i]!;
          const [from, to] = [x(0), Number.isNaN(gradient) ? x(0) : x(gradient)];
          const isPushed = index === target && gradient > 0;
          return (
            <>
              <line class="zero" x1={from} x2={from} y1={-13} y2={13} />
              <rect
                class={isPushed ? 'gradient confident' : 'gradient'}
                x={Math.min(from, to)}
                y={-7}
                width={Math.max(gradient === 0 ? 0 : 1, Math.abs(to - from))}
                height={14}
              />
              {isPushed && <path class="confident" d={`M${to + 7},-4h9l-4.5,8z`} />}
            </>
          );
        }}
      />
    </>
  );
}

function tooltip(name: string, { prediction, target, gradient }: ClassLine): string {
  return [
    isolated(name),
    l10n.t('prediction {0}', exact(prediction)),
    l10n.t('smoothed target {0}', exact(target)),
    l10n.t('gradient {0} nats per unit of logit', exact(gradient)),
  ].join('\n');
}

interface WordsProps {
  readonly line: ClassLine | undefined;
  /** p of the true class where the loss of the row is lowest; undefined where each row has its own. */
  readonly best: number | undefined;
  /** In how many rows the true class is pushed down; undefined where that isn't known. */
  readonly pushed: RowCount | undefined;
  /** How many rows count. */
  readonly rows: number;
}

/** Which way the true class of a row is pushed, and in how many rows smoothing pushes a prediction down. */
export function GradientWords({ line, best, pushed, rows }: WordsProps) {
  if (!line || Number.isNaN(line.gradient)) return null;
  const figures = [plainProbability(line.prediction), plainProbability(best ?? line.target)] as const;
  const row =
    line.gradient > 0
      ? l10n.t(
          'The true class has p = {0}, above {1}, where the loss is lowest, so smoothing lowers this confident prediction.',
          ...figures,
        )
      : l10n.t(
          'The true class has p = {0}, below {1}, where the loss is lowest, so its logit is raised.',
          ...figures,
        );
  const share =
    pushed !== undefined &&
    l10n.t(
      'The gradient lowers the logit of the true class in {0} of {1} rows ({2}).',
      rowCountText(pushed),
      count(rows),
      pushed.least === pushed.most
        ? percent(pushed.least / rows)
        : `${percent(pushed.least / rows)}–${percent(pushed.most / rows)}`,
    );
  return (
    <p class="says" data-figure="pushed">
      {row} {share}
    </p>
  );
}
