import * as l10n from '@vscode/l10n';
import { plain } from '../../../words/numberFormat.ts';
import { TimeChart } from '../charts/timeChart.tsx';
import type { StoryView } from '../state/storyView.ts';
import { DataSets } from './hurts/dataSets.tsx';
import { OverAlphas } from './overAlphas.tsx';
import { Planes } from './planes/planes.tsx';
import { Reliability } from './reliability/reliability.tsx';
import { Surfaces } from './surfaces/surfaces.tsx';
import { Sweep } from './sweep.tsx';
import { Students } from './teacher/students.tsx';

interface Props {
  readonly view: StoryView;
}

/** The picture of the story that is in front. */
export function StoryPicture({ view }: Props) {
  const { state, setup } = view;
  switch (state.story) {
    case 'overconfidence':
      return setup.data === 'clouds' && view.part?.plan.data !== 'digits' ? (
        <Surfaces view={view} />
      ) : (
        <SureAndRight view={view} />
      );
    case 'calibration':
      return (
        <>
          <Reliability view={view} />
          <EceOverTime view={view} />
          <OverAlphas
            view={view}
            figure="ece"
            title={l10n.t('ECE for other α, before temperature scaling')}
          />
          <OverAlphas
            view={view}
            figure="eceScaled"
            title={l10n.t('ECE for other α, after temperature scaling')}
          />
        </>
      );
    case 'clusters':
      return <Planes view={view} />;
    case 'wrongLabels':
      return (
        <>
          <AccuracyOverTime view={view} />
          <HeartOverTime view={view} />
          <OverAlphas view={view} figure="accuracy" title={l10n.t('Accuracy for other α, %')} />
        </>
      );
    case 'teacher':
      return <Students view={view} />;
    case 'hurts':
      return <DataSets view={view} />;
    case 'own':
      return <Sweep view={view} />;
  }
}

function namesOf({ alpha }: StoryView) {
  return ['α = 0', `α = ${plain(alpha)}`] as const;
}

/** Where the truth isn't known: accuracy, and by how much confidence is off. */
function SureAndRight({ view }: Props) {
  const [without, smoothed] = namesOf(view);
  return (
    <>
      <TimeChart
        view={view}
        title={l10n.t('Confidence − accuracy, points')}
        isShare
        lowest="auto"
        curves={[
          { figure: 'overconfidence', alpha: 0, mark: 'hard', name: without },
          { figure: 'overconfidence', alpha: view.alphaIndex, mark: 'smoothed', name: smoothed },
        ]}
        levels={[{ value: 0, name: l10n.t('confidence = accuracy'), kind: 'zero' }]}
        highest={0.5}
      >
        <p class="says">{l10n.t('Above 0 the networks are overconfident, below it underconfident.')}</p>
      </TimeChart>
      <AccuracyOverTime view={view} />
    </>
  );
}

function AccuracyOverTime({ view }: Props) {
  const [without, smoothed] = namesOf(view);
  return (
    <TimeChart
      view={view}
      title={l10n.t('Accuracy on held-out rows, %')}
      isShare
      curves={[
        { figure: 'accuracy', alpha: 0, mark: 'hard', name: without },
        { figure: 'accuracy', alpha: view.alphaIndex, mark: 'smoothed', name: smoothed },
      ]}
      levels={[]}
      highest={1}
      lowest={accuracyBottom(view)}
    />
  );
}

/** Accuracies are near each other: from here on they're told apart. */
function accuracyBottom({ classes }: StoryView): number {
  return classes >= 10 ? 0.5 : 1 / classes;
}

function HeartOverTime({ view }: Props) {
  if (view.setup.data !== 'digits-20' && view.setup.data !== 'digits-40') return null;
  const [without, smoothed] = namesOf(view);
  return (
    <TimeChart
      view={view}
      title={l10n.t('Wrong labels memorised, %')}
      isShare
      curves={[
        { figure: 'learntByHeart', alpha: 0, mark: 'hard', name: without },
        { figure: 'learntByHeart', alpha: view.alphaIndex, mark: 'smoothed', name: smoothed },
      ]}
      levels={[]}
      highest={1}
    >
      <p class="says">{l10n.t('The share of wrong training labels that the network reproduces.')}</p>
    </TimeChart>
  );
}

function EceOverTime({ view }: Props) {
  const [without, smoothed] = namesOf(view);
  const both = [
    { alpha: 0, mark: 'hard', name: without },
    { alpha: view.alphaIndex, mark: 'smoothed', name: smoothed },
  ] as const;
  return (
    <TimeChart
      view={view}
      title={l10n.t('ECE over time')}
      curves={[
        ...both.map((each) => ({
          ...each,
          figure: 'ece' as const,
          name: l10n.t('{0}, before scaling', each.name),
        })),
        ...both.map((each) => ({
          ...each,
          figure: 'eceScaled' as const,
          isDashed: true,
          name: l10n.t('{0}, after scaling', each.name),
        })),
      ]}
      levels={[]}
      highest={0.5}
    >
      <p class="says">
        {l10n.t('Solid: before temperature scaling. Dashed: after it, with one temperature per network.')}
      </p>
    </TimeChart>
  );
}
