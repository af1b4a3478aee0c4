import * as l10n from '@vscode/l10n';
import { claimOf, judgeAgain, judgeClaim, type PairedFigures } from '../../../lab/experiments/claims.ts';
import { TEACHER_SETTINGS, type TeacherResult } from '../../../lab/experiments/teacherStory.ts';
import type { StoryView } from '../state/storyView.ts';
import { claimMeasure, claimName, MAIN_TEMPERATURE, studentMeasure } from '../words/claimWords.ts';
import type { ShownClaim } from './shownClaim.ts';

/** What is claimed of teachers and their students. */
export function taughtClaims({ store, setup }: StoryView): readonly ShownClaim[] {
  const { teaching } = store;
  const results = teaching.runs.flatMap(({ result }) => result ?? []);
  const [first] = results;
  const at = (temperature: number) => TEACHER_SETTINGS.temperatures.indexOf(temperature);
  const students = (temperature: number) => (result: TeacherResult, alpha: number) =>
    result.students[alpha]![at(temperature)]!;
  const worse = claimOf('student-worse');
  const claims = [
    {
      title: claimName('student-worse'),
      claim: worse,
      measure: studentMeasure(MAIN_TEMPERATURE),
      of: students(MAIN_TEMPERATURE),
    },
    {
      title: claimName('teacher-better'),
      claim: claimOf('teacher-better'),
      measure: claimMeasure('teacher-better'),
      of: (result: TeacherResult, alpha: number) => result.teachers[alpha]!,
    },
    {
      title: l10n.t('Students are worse at T = 1, too'),
      claim: worse,
      measure: studentMeasure(1),
      of: students(1),
    },
  ];
  return claims.map(({ title, claim, measure, of }) => {
    const pairsOfAll = (all: readonly TeacherResult[]): PairedFigures => ({
      without: all.flatMap((result) => of(result, 0)),
      smoothed: all.flatMap((result) => of(result, 1)),
    });
    const verdict = first && judgeClaim(claim, pairsOfAll([first]), 1, first.testRows);
    const isAgain = results.length > 1;
    const last =
      verdict && isAgain ? judgeAgain(claim, verdict, pairsOfAll(results), first!.testRows) : verdict;
    const mayRunMore = last?.mayRunMore && teaching.runs.length === 1;
    return {
      key: title,
      title,
      claim,
      measure,
      pairs: first && pairsOfAll(results),
      verdict: last,
      moreSeeds: mayRunMore ? () => void teaching.moreSeeds() : undefined,
      seedsToAdd: setup.seeds,
    };
  });
}
