import * as l10n from '@vscode/l10n';
import type { StoryView } from './state/storyView.ts';

/** What went wrong, and what can be done about it. */
export function LabProblems({ view }: { readonly view: StoryView }) {
  const { phase, store, state } = view;
  if (state.story === 'own' && state.ownProblem) {
    const { problem, row } = state.ownProblem;
    return (
      <p class="problem" role="alert" data-figure="problem">
        {problem}{' '}
        {row && (
          <button type="button" class="link" onClick={() => void store.leaveOutRow(row.id, row.row)}>
            {l10n.t('Leave out that row')}
          </button>
        )}
      </p>
    );
  }
  if (phase.kind === 'failed' && phase.message !== '')
    return (
      <p class="problem" role="alert" data-figure="problem">
        {phase.message}
      </p>
    );
  if (phase.kind !== 'broken') return null;
  const seeds = phase.seeds.map((seed) => String(phase.first + seed + 1)).join(', ');
  return (
    <p class="problem" role="alert" data-figure="problem">
      {phase.seeds.length === 1
        ? l10n.t(
            'Training stopped: the loss of seed {0} isn’t a number from epoch {1} on. The other seeds are fine.',
            seeds,
            phase.epoch,
          )
        : l10n.t(
            'Training stopped: the losses of seeds {0} aren’t numbers from epoch {1} on. The other seeds are fine.',
            seeds,
            phase.epoch,
          )}{' '}
      <button type="button" class="link" onClick={() => void store.training.goOn(phase.seeds)}>
        {phase.seeds.length === 1
          ? l10n.t('Leave out seed {0}', seeds)
          : l10n.t('Leave out seeds {0}', seeds)}
      </button>
    </p>
  );
}
