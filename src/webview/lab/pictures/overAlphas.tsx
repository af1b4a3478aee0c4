import * as l10n from '@vscode/l10n';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { plain } from '../../../words/numberFormat.ts';
import { missingAlphas, pointsOverAlphas } from '../state/alphaPoints.ts';
import type { StoryView } from '../state/storyView.ts';
import { isFinished } from '../state/trainedPart.ts';
import { durationText } from '../words/labNumbers.ts';
import { AlphaChart } from './alphaChart.tsx';

interface Props {
  readonly view: StoryView;
  readonly figure: LabFigure;
  readonly title: string;
}

/** A figure at every α that the same networks were trained with. Only once those of the story are: they come first. */
export function OverAlphas({ view, figure, title }: Props) {
  const { state, part, alpha } = view;
  if (!isFinished(part)) return null;
  return (
    <AlphaChart
      points={pointsOverAlphas(state, part.plan, figure)}
      looked={alpha}
      pointed={state.pointed}
      figure={figure}
      title={title}
    >
      <Others view={view} />
    </AlphaChart>
  );
}

/** The α that weren't trained yet: one button for all of them. */
function Others({ view: { store, state, part } }: Pick<Props, 'view'>) {
  const plan = part && missingAlphas(state, part.plan);
  if (!plan) return null;
  const run = state.parts.get(plan.key)?.runs[0];
  if (run && run.stop === null) {
    const { progress } = run;
    return (
      <p class="others">
        <button type="button" data-control="others" onClick={() => store.training.pauseOthers(plan)}>
          {l10n.t('Cancel')}
        </button>
        <progress
          value={progress ? progress.epoch / progress.epochs : 0}
          aria-label={l10n.t('Training the other values of α')}
        />
      </p>
    );
  }
  const { alphas } = plan.settings;
  const ms = state.estimates.get(part.plan.key);
  const each = part.plan.settings.alphas.length;
  return (
    <p class="others">
      <button type="button" data-control="others" onClick={() => void store.training.trainOthers(plan)}>
        {run?.stop && run.stop.kind !== 'failed'
          ? l10n.t('Continue with the other values of α')
          : l10n.t('Train {0} more values of α', alphas.length)}
      </button>
      <span class="quiet">
        {ms === undefined
          ? alphas.map(plain).join(', ')
          : l10n.t(
              '{0}. About {1}.',
              alphas.map(plain).join(', '),
              durationText((state.pace * ms * alphas.length) / each),
            )}
      </span>
      {run?.stop?.kind === 'failed' && run.stop.message && <span role="alert">{run.stop.message}</span>}
    </p>
  );
}
