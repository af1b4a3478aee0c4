import * as l10n from '@vscode/l10n';
import { claimOf, judgeClaim } from '../../../lab/experiments/claims.ts';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { plain } from '../../../words/numberFormat.ts';
import { type StoryView, suitingAlpha, untoldAlphas } from '../state/storyView.ts';
import { pairsAt, type TrainedPart, valuesAt } from '../state/trainedPart.ts';
import { changeWithUnit } from '../words/labNumbers.ts';
import { AlphaChart } from './alphaChart.tsx';
import { HowToSave } from './howToSave.tsx';

interface Props {
  readonly view: StoryView;
}

/** The α that suits, and how much it matters. */
export function OwnHeadline({ part }: { readonly part: TrainedPart }) {
  const { alphas, hidden } = part.plan.settings;
  const chosen = suitingAlpha(part) ?? { alpha: 0, isScaled: true, validationNll: [] };
  const { alpha: suiting, isScaled } = chosen;
  const untold = untoldAlphas(part, chosen).map((i) => plain(alphas[i]!));
  const { start } = part.runs[0]!;
  const costs = costsAbove(part, suiting);
  return (
    <div class="sum">
      <p class="line">
        <span class="big">
          α ={' '}
          <span class="t" data-figure="suiting">
            {plain(alphas[suiting]!)}
          </span>
        </span>
        <span>{suitingWords(suiting === 0, untold.length > 0)}</span>
      </p>
      <p>
        {chosenWords(isScaled, start?.validationRows ?? 0, start?.testRows ?? 0)}{' '}
        {untold.length > 0 &&
          (untold.length === alphas.length - 1
            ? l10n.t('On those rows, NLL isn’t clearly different for any other α.')
            : l10n.t('On those rows, NLL isn’t clearly different for α = {0}.', untold.join(', ')))}{' '}
        {costs}{' '}
        {hidden.length === 0
          ? l10n.t('This is only a last layer: a whole network may need a different α.')
          : l10n.t('This is a small network: a larger one may need a different α.')}
      </p>
    </div>
  );
}

/** An α that others can't be told apart from was chosen, and needn't be the best. */
function suitingWords(isNone: boolean, isUntold: boolean): string {
  if (isUntold)
    return isNone ? l10n.t('was chosen for these data: no smoothing') : l10n.t('was chosen for these data');
  return isNone ? l10n.t('suits these data best: no smoothing') : l10n.t('suits these data best');
}

/** Networks that are right about every validation row have no best temperature: the larger the logits, the better. */
function chosenWords(isScaled: boolean, validationRows: number, testRows: number): string {
  return isScaled
    ? l10n.t(
        'Chosen on {0} validation rows, for the lowest NLL after temperature scaling; measured on {1} other rows.',
        validationRows,
        testRows,
      )
    : l10n.t(
        'Chosen on {0} validation rows, for the lowest NLL without temperature scaling, because some networks have no best temperature there; measured on {1} other rows.',
        validationRows,
        testRows,
      );
}

/** The smallest larger α at which accuracy is seen to fall against the one that suits. */
function costsAbove(part: TrainedPart, suiting: number): string {
  const { alphas } = part.plan.settings;
  const testRows = part.runs[0]?.start?.testRows ?? 1;
  const claim = claimOf('accuracy-down');
  for (let i = suiting + 1; i < alphas.length; i++) {
    const pairs = {
      without: pairsAt(part, claim, suiting, null).smoothed,
      smoothed: pairsAt(part, claim, i, null).smoothed,
    };
    const { code, interval } = judgeClaim(claim, pairs, 1, testRows);
    if (code === 'seen')
      return l10n.t(
        'From α = {0} upwards, smoothing costs accuracy: {1}.',
        plain(alphas[i]!),
        changeWithUnit('accuracy', interval.mean),
      );
  }
  return l10n.t('No larger α clearly costs accuracy.');
}

/** Every α on the rows it's judged on: accuracy, and the NLL that it was chosen by. */
export function Sweep({ view }: Props) {
  if (!view.state.own) return <HowToSave />;
  const isScaled = suitingAlpha(view.part)?.isScaled ?? true;
  return (
    <>
      <SweepChart view={view} figure="accuracy" title={l10n.t('Accuracy on held-out rows, %')} />
      <SweepChart
        view={view}
        figure={isScaled ? 'nllScaled' : 'nll'}
        title={
          isScaled
            ? l10n.t('Held-out NLL after temperature scaling, nats')
            : l10n.t('Held-out NLL before temperature scaling, nats')
        }
      />
    </>
  );
}

function SweepChart({ view, figure, title }: Props & { readonly figure: LabFigure; readonly title: string }) {
  const { part, alphaIndex, store } = view;
  const alphas = (part?.plan ?? store.planned[0])?.settings.alphas ?? [];
  const points = alphas.map((alpha, i) => ({ alpha, values: part ? valuesAt(part, i, figure, null) : [] }));
  return (
    <AlphaChart
      points={points}
      looked={part ? alphas[alphaIndex] : undefined}
      pointed={view.state.pointed}
      figure={figure}
      title={title}
    />
  );
}
