import * as l10n from '@vscode/l10n';
import { count, plain } from '../../../words/numberFormat.ts';
import { withPercentSign } from '../../../words/percent.ts';
import { firstSetup, type PlannedComparison } from '../state/labSetups.ts';
import type { StoryView } from '../state/storyView.ts';
import { durationText } from './labNumbers.ts';

/** How many networks the story trains. */
function networksOf({ store, setup, state }: StoryView): number {
  // For each α and temperature a student a seed, one from labels alone, and the teachers.
  if (state.story === 'teacher') return setup.seeds * (2 * 4 + 1 + 2);
  return store.planned.reduce((sum, { settings, seeds }) => sum + settings.alphas.length * seeds, 0);
}

/** What the button does. */
export function buttonWords(view: StoryView): string {
  const { phase, setup, state } = view;
  const networks = count(networksOf(view));
  switch (phase.kind) {
    case 'before':
      return l10n.t('Train {0} small networks', networks);
    case 'stale':
      if (state.story === 'own') return l10n.t('Train {0} small networks', networks);
      return l10n.t('Train {0} networks with α = {1}', networks, plain(setup.alpha));
    case 'running':
      return l10n.t('Cancel');
    case 'cancelled':
    case 'hidden':
      return l10n.t('Resume');
    case 'finished':
    case 'broken':
      return l10n.t('Train again');
    case 'failed':
      return l10n.t('Try again');
  }
}

/** What is going on, below the button. */
export function stateWords(view: StoryView): string {
  const { phase, epoch, state } = view;
  const networks = count(networksOf(view));
  switch (phase.kind) {
    case 'before':
      return beforeWords(view, networks);
    case 'stale':
      return state.story === 'own'
        ? l10n.t('The results below are still from the previous training.')
        : l10n.t(
            'The results below are still from the previous training, with α = {0}.',
            plain(shownAlpha(view)),
          );
    case 'running':
      return runningWords(view, withPercentSign(Math.floor(100 * phase.done)), phase.msLeft);
    case 'cancelled':
      if (state.story === 'teacher')
        return l10n.t('Stopped. Teachers and students are only compared at the end.');
      // The data set that was stopped needn't be the one that is looked at.
      if (state.story === 'hurts') return l10n.t('Stopped. What has been trained so far is below.');
      return epoch === null
        ? l10n.t('Stopped at epoch {0}. The results below are from there.', count(phase.epoch))
        : l10n.t('Stopped at epoch {0}. Looking back at epoch {1}.', count(phase.epoch), count(epoch));
    case 'hidden':
      return l10n.t('Paused while this view is hidden.');
    case 'broken':
    case 'failed':
      return '';
    case 'finished':
      if (epoch !== null) return l10n.t('Looking back at epoch {0}.', count(epoch));
      if (state.story === 'own')
        return l10n.t('{0} networks trained. Choose another α to compare it with α = 0.', networks);
      if (state.story === 'teacher') return l10n.t('{0} networks trained.', networks);
      return l10n.t(
        '{0} networks trained. Drag the slider, or point at a curve, to see any epoch.',
        networks,
      );
  }
}

function runningWords({ state, store }: StoryView, done: string, msLeft: number | null): string {
  const left = msLeft === null ? null : durationText(msLeft);
  // How long students take isn't known before they've begun.
  if (state.story === 'teacher' && store.teaching.last?.part !== 'students')
    return l10n.t('Training the teachers: {0}.', done);
  if (state.story === 'teacher')
    return left === null
      ? l10n.t('Training their students: {0}.', done)
      : l10n.t('Training their students: {0}, about {1} left.', done, left);
  return left === null
    ? l10n.t('Training networks side by side: {0}.', done)
    : l10n.t('Training networks side by side: {0}, about {1} left.', done, left);
}

/** The α of what is shown, which may not be the one that is set. */
function shownAlpha({ part, store, setup }: StoryView): number {
  return part?.plan.settings.alphas[1] ?? store.teaching.runs[0]?.alpha ?? setup.alpha;
}

function beforeWords({ store, setup, state }: StoryView, networks: string): string {
  const { planned } = store;
  const known = planned.map(({ key }) => state.estimates.get(key));
  const isKnown = known.length > 0 && known.every((ms) => ms !== undefined);
  const time = durationText(state.pace * known.reduce<number>((sum, ms) => sum + (ms ?? 0), 0));
  const alpha = plain(setup.alpha);
  switch (state.story) {
    case 'own':
      if (!state.own) return '';
      return ownWords(planned[0]!, networks, isKnown ? time : null);
    case 'teacher':
      return l10n.t(
        '{0} networks: teachers with α = 0 and α = {1}, and their students at four temperatures. About {2}, in the background.',
        networks,
        alpha,
        durationText((TEACHING_MS * setup.seeds) / firstSetup('teacher').seeds),
      );
    case 'hurts':
      return isKnown
        ? l10n.t(
            '{0} networks: six data sets with α = 0 and α = {1}. About {2}, in the background.',
            networks,
            alpha,
            time,
          )
        : l10n.t('{0} networks: six data sets with α = 0 and α = {1}.', networks, alpha);
    default: {
      const rows = count(planned[0]?.settings.sizes.train ?? 0);
      const figures = [networks, alpha, String(setup.seeds), rows] as const;
      return isKnown
        ? l10n.t(
            '{0} networks: α = 0 and α = {1}, {2} seeds each. {3} rows to train on. About {4}, in the background.',
            ...figures,
            time,
          )
        : l10n.t('{0} networks: α = 0 and α = {1}, {2} seeds each. {3} rows to train on.', ...figures);
    }
  }
}

function ownWords({ settings, seeds }: PlannedComparison, networks: string, time: string | null): string {
  const alphas = settings.alphas.length;
  return time === null
    ? l10n.t('{0} networks: {1} values of α, {2} seeds each.', networks, alphas, seeds)
    : l10n.t(
        '{0} networks: {1} values of α, {2} seeds each. About {3}, in the background.',
        networks,
        alphas,
        seeds,
        time,
      );
}

/** Measured: teachers and students of eight seeds. */
const TEACHING_MS = 70_000;

/** What a screen reader is told: the start, each quarter, the end; never each epoch. */
export function saidOfPhase(view: StoryView): string {
  const { phase } = view;
  if (phase.kind !== 'running')
    return phase.kind === 'before' || phase.kind === 'stale' ? '' : stateWords(view);
  const quarters = Math.floor(4 * phase.done);
  return quarters === 0 ? l10n.t('Training has begun.') : l10n.t('Training: {0} %.', 25 * quarters);
}
