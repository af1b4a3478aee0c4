import * as l10n from '@vscode/l10n';
import { TEACHER_SETTINGS, type TeacherResult } from '../../../../lab/experiments/teacherStory.ts';
import { count, plain } from '../../../../words/numberFormat.ts';
import { Sentence } from '../../../widgets/sentence.tsx';
import { BeforeAfter } from '../../headline/beforeAfter.tsx';
import type { StoryView } from '../../state/storyView.ts';
import { meanOf } from '../../state/trainedPart.ts';
import { MAIN_TEMPERATURE } from '../../words/claimWords.ts';
import { figureText, pairDigits } from '../../words/labNumbers.ts';
import { FactList } from '../factList.tsx';

interface Props {
  readonly view: StoryView;
}

/** All seeds of all runs. */
export function accuraciesOf(
  { store }: StoryView,
  of: (result: TeacherResult) => readonly number[],
): readonly number[] {
  return store.teaching.runs.flatMap(({ result }) => (result ? [...of(result)] : []));
}

/** The number of the T that is spoken of. */
export const AT_MAIN = TEACHER_SETTINGS.temperatures.indexOf(MAIN_TEMPERATURE);

/** The students' accuracies, and their teachers'. */
export function TeacherHeadline({ view }: Props) {
  const meanOfAll = (of: (result: TeacherResult) => readonly number[]) => meanOf(accuraciesOf(view, of));
  const pair = (of: (result: TeacherResult, alpha: 0 | 1) => readonly number[]) => {
    const means = [meanOfAll((result) => of(result, 0)), meanOfAll((result) => of(result, 1))] as const;
    return means.map((mean) => figureText('accuracy', mean, pairDigits('accuracy', means)));
  };
  const [before, after] = pair(({ students }, alpha) => students[alpha]![AT_MAIN]!);
  const [teacherBefore, teacherAfter] = pair(({ teachers }, alpha) => teachers[alpha]!);
  return (
    <BeforeAfter
      before={before!}
      after={after!}
      unit={l10n.t('accuracy of students at T = {0}', MAIN_TEMPERATURE)}
    >
      <Sentence
        text={l10n.t(
          'Their teachers: {before} without smoothing, {after} with α = {alpha}. From labels alone a student is right {alone} of the time.',
        )}
        parts={{
          before: <b>{teacherBefore}</b>,
          after: <b class="t">{teacherAfter}</b>,
          alpha: plain(view.store.teaching.runs[0]!.alpha),
          alone: (
            <b>
              {figureText(
                'accuracy',
                meanOfAll(({ alone }) => alone),
              )}
            </b>
          ),
        }}
      />
    </BeforeAfter>
  );
}

/** What is trained for this story. */
export function TeacherFacts({ view }: Props) {
  const { teacher, student } = TEACHER_SETTINGS;
  const rows = [
    [l10n.t('teacher'), l10n.t('{0} units, {1} images', teacher.hidden.join(' – '), count(teacher.rows))],
    [
      l10n.t('student'),
      l10n.t('{0} units, {1} of these images', student.hidden.join(' – '), count(student.rows)),
    ],
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
