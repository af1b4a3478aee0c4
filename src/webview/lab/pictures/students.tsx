import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { TEACHER_SETTINGS, type TeacherResult } from '../../../lab/experiments/teacherStory.ts';
import { percent, plain } from '../../../words/numberFormat.ts';
import { ChartFrame, LeftGrid } from '../../charts/chartFrame.tsx';
import { shownAs } from '../../charts/chartTable.ts';
import { DataTable } from '../../charts/dataTable.tsx';
import { Sentence } from '../../widgets/sentence.tsx';
import { BeforeAfter } from '../beforeAfter.tsx';
import type { StoryView } from '../state/storyView.ts';
import { meanOf } from '../state/trainedPart.ts';
import { figureText } from '../words/labNumbers.ts';
import { FactList } from './factList.tsx';

interface Props {
  readonly view: StoryView;
}

/** All seeds of all runs. */
function accuraciesOf(
  { store }: StoryView,
  of: (result: TeacherResult) => readonly number[],
): readonly number[] {
  return store.teaching.runs.flatMap(({ result }) => (result ? [...of(result)] : []));
}

const MAIN = 4;
const { temperatures } = TEACHER_SETTINGS;
const AT_MAIN = temperatures.indexOf(MAIN);

/** The students' accuracies, and their teachers'. */
export function TeacherHeadline({ view }: Props) {
  const mean = (of: (result: TeacherResult) => readonly number[]) =>
    figureText('accuracy', meanOf(accuraciesOf(view, of)));
  return (
    <BeforeAfter
      before={mean(({ students }) => students[0]![AT_MAIN]!)}
      after={mean(({ students }) => students[1]![AT_MAIN]!)}
      unit={l10n.t('right: students at T = {0}', MAIN)}
    >
      <Sentence
        text={l10n.t(
          'Their teachers: {before} without smoothing, {after} with α = {alpha}. From labels alone a student is right {alone} of the time.',
        )}
        parts={{
          before: <b>{mean(({ teachers }) => teachers[0]!)}</b>,
          after: <b class="t">{mean(({ teachers }) => teachers[1]!)}</b>,
          alpha: plain(view.store.teaching.runs[0]!.alpha),
          alone: <b>{mean(({ alone }) => alone)}</b>,
        }}
      />
    </BeforeAfter>
  );
}

/** What is trained for this story. */
export function TeacherFacts({ view }: Props) {
  const { teacher, student } = TEACHER_SETTINGS;
  const rows = [
    [l10n.t('teacher'), l10n.t('{0}, {1} images', teacher.hidden.join(' – '), teacher.rows)],
    [l10n.t('student'), l10n.t('{0}, {1} of them', student.hidden.join(' – '), student.rows)],
    [l10n.t('learns from'), l10n.t('the teacher’s softmax(z/T)')],
    [l10n.t('seeds'), String(view.setup.seeds)],
  ] as const;
  return (
    <FactList title={l10n.t('Teachers and students')} facts={rows}>
      <p class="says">
        {l10n.t(
          'At a higher T a student sees more of what the teacher thinks of the wrong classes. Smoothed targets ask for the same probability for all of them.',
        )}
      </p>
    </FactList>
  );
}

const HEIGHT = 300;
const MARGIN = { top: 14, right: 12, left: 44, bottom: 40 };

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
                'At T = {0}: students of unsmoothed teachers {1}, of smoothed teachers {2}.',
                MAIN,
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
          const step = (width - MARGIN.left - MARGIN.right) / temperatures.length;
          const x = (t: number) => MARGIN.left + step * (t + 0.5);
          return (
            <>
              <LeftGrid y={scale} ticks={scale.ticks(5)} left={MARGIN.left} right={width - MARGIN.right} />
              {isTrained && (
                <g class="level guess">
                  <line
                    x1={MARGIN.left}
                    x2={width - MARGIN.right}
                    y1={y(meanOf(alone))}
                    y2={y(meanOf(alone))}
                  />
                  <text x={width - MARGIN.right} y={y(meanOf(alone)) + 14} text-anchor="end">
                    {l10n.t('from labels alone: {0}', percent(meanOf(alone), 1))}
                  </text>
                </g>
              )}
              {isTrained &&
                values.map((byTemperature, a) => {
                  const mark = a === 0 ? 'hard' : 'smoothed';
                  const means = byTemperature.map(meanOf);
                  const shift = a === 0 ? -5 : 5;
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
              {temperatures.map((temperature, t) => (
                <text
                  key={temperature}
                  class={temperature === MAIN ? 'caption' : 'quiet'}
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
      <p class="says">{l10n.t('A dot for each seed; the line is their mean.')}</p>
    </DataTable>
  );
}
