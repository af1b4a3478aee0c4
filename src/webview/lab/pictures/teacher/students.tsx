import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { TEACHER_SETTINGS } from '../../../../lab/experiments/teacherStory.ts';
import { plain } from '../../../../words/numberFormat.ts';
import { percent } from '../../../../words/percent.ts';
import { ChartFrame, LeftGrid } from '../../../charts/chartFrame.tsx';
import { shownAs } from '../../../charts/chartTable.ts';
import { DataTable } from '../../../charts/dataTable.tsx';
import { Legend } from '../../../charts/legend.tsx';
import { textWidth } from '../../../charts/textWidth.ts';
import type { StoryView } from '../../state/storyView.ts';
import { meanOf } from '../../state/trainedPart.ts';
import { MAIN_TEMPERATURE } from '../../words/claimWords.ts';
import { AT_MAIN, accuraciesOf } from './teacherFacts.tsx';

interface Props {
  readonly view: StoryView;
}

const { temperatures } = TEACHER_SETTINGS;
const HEIGHT = 300;
const MARGIN = { top: 14, right: 12, left: 44, bottom: 40 };
/** Dots of the two are beside each other. */
const SHIFT = 5;
/** Of a name, from the mean it's beside; and between two of them. */
const [NAME_AWAY, NAME_HEIGHT] = [9, 14];

/** Students over T: without smoothing their teacher's knowledge shows, or doesn't. */
export function Students({ view }: Props) {
  const { store, setup } = view;
  const alpha = plain(store.teaching.runs[0]?.alpha ?? setup.alpha);
  const names = ['α = 0', `α = ${alpha}`] as const;
  const values = [0, 1].map((a) =>
    temperatures.map((_, t) => accuraciesOf(view, ({ students }) => students[a]![t]!)),
  );
  const alone = accuraciesOf(view, (result) => result.alone);
  const isTrained = alone.length > 0;
  const table = () => ({
    head: [l10n.t('students'), ...temperatures.map((t) => `T = ${t}`)],
    rows: isTrained
      ? values.map((byTemperature, a) => [
          l10n.t('of teachers with {0}', names[a]!),
          ...byTemperature.map((each) => shownAs(meanOf(each), (value) => percent(value, 1))),
        ])
      : [],
  });
  return (
    <DataTable title={l10n.t('Accuracy of students, %')} table={table}>
      <ChartFrame
        height={HEIGHT}
        label={
          isTrained
            ? l10n.t(
                'Accuracy at T = {0}: students of unsmoothed teachers {1}, students of smoothed teachers {2}.',
                MAIN_TEMPERATURE,
                percent(meanOf(values[0]![AT_MAIN]!), 1),
                percent(meanOf(values[1]![AT_MAIN]!), 1),
              )
            : l10n.t('Nothing is trained yet')
        }
      >
        {(width) => {
          const all = [...values.flat(2), ...alone].map((share) => 100 * share);
          const [low, high] = isTrained ? [Math.min(...all) - 1, Math.max(...all) + 1] : [80, 100];
          const scale = scaleLinear()
            .domain([low, high])
            .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
          const y = (share: number) => scale(100 * share);
          const right =
            width - MARGIN.right - (isTrained ? Math.max(...names.map((name) => textWidth(name))) : 0);
          const step = (right - MARGIN.left) / temperatures.length;
          const x = (t: number) => MARGIN.left + step * (t + 0.5);
          const ends = values.map((byTemperature) => y(meanOf(byTemperature.at(-1)!)));
          // Names of curves that end near each other give way, one upwards and one downwards.
          const apart = Math.max(0, NAME_HEIGHT - Math.abs(ends[0]! - ends[1]!)) / 2;
          const upper = ends[0]! <= ends[1]! ? 0 : 1;
          const nameAt = (a: number) => ends[a]! + (a === upper ? -apart : apart);
          return (
            <>
              <LeftGrid y={scale} ticks={scale.ticks(5)} left={MARGIN.left} right={right} />
              {isTrained &&
                values.map((byTemperature, a) => {
                  const mark = a === 0 ? 'hard' : 'smoothed';
                  const means = byTemperature.map(meanOf);
                  const shift = a === 0 ? -SHIFT : SHIFT;
                  return (
                    <g key={mark}>
                      <path
                        class={`mean ${mark}`}
                        d={`M${means.map((value, t) => `${x(t) + shift},${y(value)}`).join('L')}`}
                      />
                      {byTemperature.map((each, t) =>
                        each.map((value, seed) => (
                          <circle
                            key={`${t} ${seed}`}
                            class={`dot ${mark}`}
                            cx={x(t) + shift}
                            cy={y(value)}
                            r={2.8}
                          />
                        )),
                      )}
                    </g>
                  );
                })}
              {/* Named in the legend: there are dots all around it. It ends before the names of the curves. */}
              {isTrained && (
                <g class="level guess">
                  <line
                    x1={MARGIN.left}
                    x2={x(temperatures.length - 1) + SHIFT + NAME_AWAY - 3}
                    y1={y(meanOf(alone))}
                    y2={y(meanOf(alone))}
                  />
                </g>
              )}
              {isTrained &&
                names.map((name, a) => (
                  <text
                    key={name}
                    class={a === 0 ? 'name' : 'name t'}
                    x={x(temperatures.length - 1) + SHIFT + NAME_AWAY}
                    y={nameAt(a) + 4}
                  >
                    {name}
                  </text>
                ))}
              {temperatures.map((temperature, t) => (
                <text
                  key={temperature}
                  class={temperature === MAIN_TEMPERATURE ? 'caption' : 'quiet'}
                  x={x(t)}
                  y={HEIGHT - 20}
                  text-anchor="middle"
                >
                  T = {temperature}
                </text>
              ))}
            </>
          );
        }}
      </ChartFrame>
      {isTrained && (
        <Legend
          entries={[
            {
              sign: '┈',
              mark: 'guess',
              text: l10n.t('from labels alone: {0}', percent(meanOf(alone), 1)),
            },
          ]}
        />
      )}
      <p class="says">
        {l10n.t(
          'A dot for each seed; the line is their mean. α is the one their teachers were trained with.',
        )}
      </p>
    </DataTable>
  );
}
