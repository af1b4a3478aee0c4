import * as l10n from '@vscode/l10n';
import { RESULT_COLUMNS, resultRows } from '../../../lab/experiments/resultTable.ts';
import { torchProgram } from '../../../lab/experiments/torchProgram.ts';
import type { Destination } from '../../../protocol/exportChannel.ts';
import { sentTable } from '../../../protocol/sentTable.ts';
import type { LabHost } from '../state/labConnection.ts';
import type { StoryView } from '../state/storyView.ts';
import { labMarkdown } from './labMarkdown.ts';

/** What can be exported of the story as it's shown: nothing before anything is measured. */
export function resultItems(view: StoryView, host: LabHost, to: Destination) {
  const { part, state, store } = view;
  const name = `lab-${state.story}`;
  const isTaught = state.story === 'teacher' && store.teaching.runs.some(({ result }) => result);
  const hasFigures = state.story !== 'teacher' && part?.runs[0]?.snapshots.length;
  if (!isTaught && !hasFigures) return [];
  const markdown = {
    name: 'Markdown',
    title: l10n.t('The set-up, the verdicts, and every seed’s figures'),
    run: () => host.exportText(name, 'markdown', labMarkdown(view), to),
  };
  if (!hasFigures || !part) return [markdown];
  const csv = {
    name: 'CSV',
    title: l10n.t('Every figure of every network at every measured epoch'),
    run: () => {
      const rows = resultRows(part.plan.settings.alphas, part.runs);
      return host.exportTable(name, sentTable({ head: RESULT_COLUMNS, rows }), 'csv', to);
    },
  };
  const { data, settings, seeds } = part.plan;
  if (typeof data !== 'string') return [markdown, csv];
  const program = {
    name: 'PyTorch',
    title: l10n.t('A program that repeats the experiment'),
    run: () => host.exportText(name, 'pytorch', torchProgram(data, settings, seeds), to),
  };
  return [markdown, csv, program];
}
