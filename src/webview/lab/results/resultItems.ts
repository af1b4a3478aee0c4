import * as l10n from '@vscode/l10n';
import {
  RESULT_COLUMNS,
  resultRows,
  TAUGHT_COLUMNS,
  taughtRows,
} from '../../../lab/experiments/resultTable.ts';
import { TEACHER_SETTINGS } from '../../../lab/experiments/teacherStory.ts';
import { torchProgram } from '../../../lab/experiments/torchProgram.ts';
import { torchTeachers } from '../../../lab/experiments/torchTeachers.ts';
import type { Destination, ExportedTable } from '../../../protocol/exportChannel.ts';
import { sentTable } from '../../../protocol/sentTable.ts';
import type { LabHost } from '../state/labConnection.ts';
import type { LabStore } from '../state/labStore.ts';
import type { StoryView } from '../state/storyView.ts';
import { labMarkdown } from './labMarkdown.ts';
import { ownTorchData } from './ownTorchData.ts';

/** What can be exported of the story as it's shown: nothing before anything is measured. */
export function resultItems(view: StoryView, host: LabHost, to: Destination) {
  const { part, state, store } = view;
  // The lab's name comes before it.
  const name = state.story;
  const isTaught = state.story === 'teacher' && store.teaching.runs.some(({ result }) => result);
  const hasFigures = state.story !== 'teacher' && part?.runs[0]?.snapshots.length;
  if (!isTaught && !hasFigures) return [];
  const markdown = {
    name: 'Markdown',
    title: l10n.t('The set-up, the verdicts, and every seed’s figures'),
    run: async () => host.exportText(name, 'markdown', labMarkdown(view, await host.version()), to),
  };
  const csv = (title: string, table: () => ExportedTable) => ({
    name: 'CSV',
    title,
    run: () => host.exportTable(name, sentTable(table()), 'csv', to),
  });
  const pytorch = (text: () => string) => ({
    name: 'PyTorch',
    title: l10n.t('A program that repeats the experiment'),
    run: () => host.exportText(name, 'pytorch', text(), to),
  });
  if (isTaught) {
    const accuracies = csv(l10n.t('The accuracy of every teacher and student'), () => taughtTable(store));
    const { alpha, seeds } = store.teaching.runs[0]!;
    const taught = { ...TEACHER_SETTINGS, alphas: [0, alpha], seeds };
    return [markdown, accuracies, pytorch(() => torchTeachers(taught))];
  }
  if (!hasFigures || !part) return [markdown];
  const figures = csv(l10n.t('Every figure of every network at every measured epoch'), () => ({
    head: RESULT_COLUMNS,
    rows: store.parts.flatMap(({ plan, runs }) =>
      resultRows(
        typeof plan.data === 'string' ? plan.data : (state.own?.features ?? ''),
        plan.settings,
        runs,
      ),
    ),
  }));
  const { data, settings } = part.plan;
  const seeds = part.runs.reduce((sum, run) => sum + run.seeds.count, 0);
  const of = typeof data === 'string' ? data : state.own && ownTorchData(state.own);
  return of ? [markdown, figures, pytorch(() => torchProgram(of, settings, seeds))] : [markdown, figures];
}

function taughtTable({ teaching }: LabStore): ExportedTable {
  const rows = teaching.runs.flatMap(({ result, alpha, firstSeed }) =>
    result ? taughtRows(result, [0, alpha], TEACHER_SETTINGS.temperatures, firstSeed) : [],
  );
  return { head: TAUGHT_COLUMNS, rows };
}
