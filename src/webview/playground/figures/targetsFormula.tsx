import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { targetFormula } from '../../../loss/conventions/targetFormula.ts';
import { type Equation, shownTargets } from '../../../loss/theory/shownEquations.ts';
import { count, exact, plain } from '../../../words/numberFormat.ts';
import { TargetVector } from '../../widgets/targetVector.tsx';
import { barName } from '../played/barNames.ts';
import { otherColumn } from '../played/columns.ts';
import type { Played } from '../played/whatChanged.ts';

/** Vectors are written out up to here. */
const MOST_WRITTEN = 10;

/** The formula in symbols and in numbers, each term underlined as its piece of the bar is filled; and both vectors. */
export function TargetsFormula({ played }: { readonly played: Played }) {
  const { state, loss, columns, figures } = played;
  const { labelSmoothing, classes, trueClass } = state;
  const [on, off] = targetFormula(loss.convention, 'α', 'K');
  const shown = shownTargets(loss.convention, labelSmoothing, classes);
  const name = barName(columns, trueClass);
  return (
    <div class="targets-formula" dir="ltr">
      <Line
        who={name}
        isTrue
        symbols={on}
        equation={shown.on}
        figure="on"
        value={figures.targets[trueClass]!}
      />
      <Line
        who={classes === 2 ? l10n.t('the other') : l10n.t('every other')}
        symbols={off}
        equation={shown.off}
        figure="off"
        value={figures.targets[otherColumn(columns, trueClass)]!}
      />
      <p class="vectors">
        <span class="vector">
          <b class="hard-label">y</b> = <code>{hardVector(played)}</code>
        </span>{' '}
        <TargetVector targets={figures.targets} text={values(played, figures.targets.map(plain))} />
      </p>
    </div>
  );
}

interface LineProps {
  readonly who: string;
  readonly isTrue?: boolean;
  readonly symbols: string;
  readonly equation: Equation;
  readonly figure: 'on' | 'off';
  readonly value: number;
}

function Line({ who, isTrue = false, symbols, equation, figure, value }: LineProps) {
  const { left, sign, right } = equation;
  const isTrivial = left === right;
  return (
    <p class="line">
      <span class={isTrue ? 'who true' : 'who'}>{who}</span>
      <span class="quiet">{symbols} =</span> {!isTrivial && <Terms left={left} isTrue={isTrue} />}{' '}
      <span class="value">
        {!isTrivial && `${sign} `}
        <b class="target" data-figure={figure} data-exact={value} title={exact(value)}>
          {right}
        </b>
      </span>
    </p>
  );
}

/** Sums at the top level only: what's in brackets is one term. */
function Terms({ left, isTrue }: { readonly left: string; readonly isTrue: boolean }) {
  const terms = left.startsWith('(') ? [left] : left.split(' + ');
  const kinds = terms.length === 2 ? ['keep', 'slice'] : [isTrue ? 'keep' : 'slice'];
  return terms.map<ComponentChildren>((term, i) => (
    <>
      {i > 0 && ' + '}
      <span class={`term ${kinds[i]}`}>{term}</span>
    </>
  ));
}

/** All of them, or of many how often each is there. */
function values({ state, columns }: Played, of: readonly string[]): string {
  const { trueClass, classes } = state;
  if (classes <= MOST_WRITTEN) return `[${of.join(', ')}]`;
  const other = otherColumn(columns, trueClass);
  return columns.padding === null
    ? l10n.t('{0} once, {1} for {2} classes', of[trueClass]!, of[other]!, count(classes - 1))
    : l10n.t('{0} once, {1} for {2} classes, 0 for padding', of[trueClass]!, of[other]!, count(classes - 2));
}

function hardVector(played: Played): string {
  return values(
    played,
    played.columns.sizes.map((_, column) => (column === played.state.trueClass ? '1' : '0')),
  );
}
