import * as l10n from '@vscode/l10n';
import { CONVENTIONS } from '../../../loss/conventions/conventions.ts';
import { plain } from '../../../words/numberFormat.ts';
import { ChartFrame, LeftGrid } from '../../charts/chartFrame.tsx';
import { DataTable } from '../../charts/dataTable.tsx';
import { Legend } from '../../charts/legend.tsx';
import { textWidth } from '../../charts/textWidth.ts';
import { PRESETS, type PresetName } from '../played/answers.ts';
import { barName, shortProbability } from '../played/barNames.ts';
import { presetOf } from '../played/playedState.ts';
import { type Played, presetWords, pulls } from '../played/whatChanged.ts';
import { AnswerHandles } from './answerHandles.tsx';
import { BarLabels, LOGITS_HEIGHT, namesHeight } from './barLabels.tsx';
import { BAR_FONT, BAR_HEIGHT, BAR_LEFT, barsOf, middleWithin, yOf } from './barLayout.ts';

/** An arrow that would be shorter than this is a head above both lines, so high. */
const SHORTEST = 7;
const HEAD = 6;
/** Below a bar this high its figure stands above it, whatever else is there. */
const LOW = 0.14;
/** Between a low bar and what is asked for: less than this holds no arrow above the figure. */
const FIGURE_AND_ARROW = 38;

interface Props {
  readonly played: Played;
  readonly choosePreset: (name: PresetName) => void;
  readonly move: (column: number, to: { readonly logit: number } | { readonly probability: number }) => void;
}

/** Figure 2: the network's answer, what is asked for, and where training moves it. */
export function AnswerBars({ played, choosePreset, move }: Props) {
  const { columns, figures, state, loss } = played;
  const { targets, probabilities } = figures;
  const preset = presetOf(state, loss, PRESETS);
  const table = () => ({
    head: [l10n.t('class'), l10n.t('logit'), 'p', l10n.t('smoothed target'), 'y′ − p'],
    rows: targets.map((target, column) => [
      barName(columns, column),
      state.logits[column]!,
      probabilities[column]!,
      target,
      target - probabilities[column]!,
    ]),
  });
  const own = state.trueClass;
  const label = l10n.t(
    '{0}: p = {1}, target {2}',
    barName(columns, own),
    shortProbability(probabilities[own]!),
    plain(targets[own]!),
  );
  return (
    <DataTable title={l10n.t('What the network says')} table={table}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own. */}
      <div class="presets" role="group" aria-label={l10n.t('An answer to start from')}>
        {PRESETS.map((name) => (
          <button
            type="button"
            key={name}
            data-preset={name}
            aria-pressed={name === preset}
            onClick={() => choosePreset(name)}
          >
            {presetWords(name)}
          </button>
        ))}
      </div>
      <div class="bars" dir="ltr">
        <ChartFrame height={BAR_HEIGHT + namesHeight(played) + LOGITS_HEIGHT} label={label}>
          {(width) => (
            <>
              <Bars played={played} width={width} />
              <BarLabels played={played} width={width} hasLogits />
            </>
          )}
        </ChartFrame>
        <AnswerHandles played={played} move={move} />
      </div>
      <Legend
        entries={[
          { sign: '━', mark: 'prediction', text: l10n.t('its answer p') },
          { sign: '━', mark: 'target', text: l10n.t('what we ask for, y′') },
          { sign: '↕', mark: 'excess', text: l10n.t('which way training pushes the logit: y′ − p') },
        ]}
      />
      <p class="says">
        {CONVENTIONS[loss.convention].activation === 'softmax'
          ? l10n.t(
              'Drag a bar, or click where it should be. An arrow is minus the gradient of the loss with respect to that logit.',
            )
          : l10n.t(
              'Drag a bar, or click where it should be. An arrow is −K times the gradient of the loss with respect to that logit.',
            )}
      </p>
    </DataTable>
  );
}

function Bars({ played, width }: { readonly played: Played; readonly width: number }) {
  const { columns, figures, state } = played;
  const { targets, probabilities } = figures;
  const { slot, bar, middle } = barsOf(width, targets.length);
  return (
    <>
      <LeftGrid y={yOf} ticks={[0, 0.5, 1]} left={BAR_LEFT} right={width} />
      {targets.map((q, column) => {
        const p = probabilities[column]!;
        const [yp, yq] = [yOf(p), yOf(q)];
        const isDrawn = Math.abs(yq - yp) > SHORTEST;
        const isSmall = !isDrawn && pulls(p, q);
        const figure = shortProbability(p);
        const text = textWidth(figure, BAR_FONT) + 2 <= slot || column === state.trueClass ? figure : '';
        const below = p < q && isDrawn && p > LOW;
        // A figure above a low bar stands where the arrow would begin, if there's room for both.
        const isOnWay = p < q && isDrawn && !below && yp - yq >= FIGURE_AND_ARROW;
        const top = Math.min(yp, yq) - 9;
        const y = below ? yp + 17 : isOnWay ? yp - 9 : isSmall ? top - HEAD - 1 : top;
        return (
          <g key={barName(columns, column)} transform={`translate(${middle(column)},0)`}>
            <rect class="answer" x={-bar / 2} y={yp} width={bar} height={yOf(0) - yp} />
            <line class="asked" x1={-bar / 2 - 5} x2={bar / 2 + 5} y1={yq} y2={yq} />
            <line class="answered" x1={-bar / 2 + 2} x2={bar / 2 - 2} y1={yp} y2={yp} />
            {isDrawn && <Arrow from={isOnWay ? y - 10 : yp} to={yq} />}
            {isSmall && <ArrowHead base={top + 5} isUp={q > p} />}
            <text
              class={`value${column === state.trueClass ? ' true' : ''}${below ? ' below' : ''}`}
              transform={`translate(${middleWithin(middle(column), text, width) - middle(column)},${y})`}
              text-anchor="middle"
            >
              {text}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** From the bar to what is asked for: y′ − p to scale. */
function Arrow({ from, to }: { readonly from: number; readonly to: number }) {
  const up = to < from;
  const tip = to + (up ? 2 : -2);
  return (
    <>
      <path class="push" d={`M0 ${from + (up ? -3 : 3)}V${tip + (up ? 7 : -7)}`} />
      <path class="push-tip" d={`M0 ${tip}l5 ${up ? 8 : -8}h-10z`} />
    </>
  );
}

/** Of an arrow that would be too short: it says only which way. */
function ArrowHead({ base, isUp }: { readonly base: number; readonly isUp: boolean }) {
  return <path class="push-tip" d={isUp ? `M0 ${base - HEAD}l4 ${HEAD}h-8z` : `M0 ${base}l4 ${-HEAD}h-8z`} />;
}
