import * as l10n from '@vscode/l10n';
import { count, plain } from '../../words/numberFormat.ts';
import { shownSum } from '../../words/shownSum.ts';
import { Sentence } from '../widgets/sentence.tsx';
import { TimeChart } from './charts/timeChart.tsx';
import { OwnFacts } from './pictures/ownFacts.tsx';
import { TeacherFacts } from './pictures/teacher/teacherFacts.tsx';
import { marksIn, nearestMark } from './state/measuredEpochs.ts';
import type { StoryView } from './state/storyView.ts';
import { meanAt } from './state/trainedPart.ts';
import { fixed, signedFixed } from './words/labNumbers.ts';

interface Props {
  readonly view: StoryView;
}

/** Loss and logit gap over time, against what theory says; stories without a time have their facts here. */
export function LeftColumn({ view }: Props) {
  if (view.state.story === 'own') return <OwnFacts view={view} />;
  if (view.state.story === 'teacher') return <TeacherFacts view={view} />;
  const { alphaIndex, theory, alpha, classes } = view;
  const a = plain(alpha);
  const curves = (figure: 'loss' | 'gap') =>
    [
      { figure, alpha: 0, mark: 'hard', name: 'α = 0' },
      { figure, alpha: alphaIndex, mark: 'smoothed', name: `α = ${a}` },
    ] as const;
  return (
    <>
      <TimeChart
        view={view}
        title={l10n.t('Training loss, nats')}
        curves={curves('loss')}
        levels={[
          {
            value: theory.guess,
            name: l10n.t('uniform guess: ln {0} ≈ {1}', classes, fixed(theory.guess, 2)),
            kind: 'guess',
          },
        ]}
        highest={1.6 * theory.guess}
        floor={theory.floor}
      >
        <LossSentence view={view} />
      </TimeChart>
      <TimeChart
        view={view}
        title={l10n.t('Logit gap')}
        curves={curves('gap')}
        levels={
          Number.isFinite(theory.optimalGap)
            ? [
                {
                  value: theory.optimalGap,
                  name: l10n.t('optimum of α = {0}: {1}', a, fixed(theory.optimalGap, 2)),
                  kind: 'optimum',
                },
              ]
            : []
        }
        highest={Number.POSITIVE_INFINITY}
      >
        <p class="says">
          {l10n.t('Logit of the label − mean of the others.')} <GrowthSentence view={view} />
        </p>
      </TimeChart>
    </>
  );
}

/** What became of the gap in the second half of the epochs: whether it still grows is what's asked. */
function GrowthSentence({ view }: Props) {
  const { part, alpha, alphaIndex, epochs, isEnd } = view;
  const half = isEnd ? nearestMark(part, epochs / 2) : null;
  if (!part || half === null)
    return l10n.t('Without smoothing a larger gap always has a lower loss, so nothing tells it to stop.');
  const grown = (of: number) => meanAt(part, of, 'gap', null) - meanAt(part, of, 'gap', half);
  return (
    <Sentence
      text={l10n.t(
        'From epoch {half} to the end it changed by {without} without smoothing, and by {smoothed} with {setting}.',
      )}
      parts={{
        half: count(half),
        setting: `α\u00a0=\u00a0${plain(alpha)}`,
        without: <b>{signedFixed(grown(0), 2)}</b>,
        smoothed: <b class="t">{signedFixed(grown(alphaIndex), 2)}</b>,
      }}
    />
  );
}

/** What the smoothed loss is made of. */
function LossSentence({ view }: Props) {
  const { part, theory, alphaIndex, epoch } = view;
  if (!part || marksIn(part).length === 0)
    return (
      <p class="says">
        {l10n.t('With smoothing no loss is below the floor: {0} nats.', fixed(theory.floor, 3))}
      </p>
    );
  const loss = meanAt(part, alphaIndex, 'loss', epoch);
  const { total, sign, first, second } = shownSum(theory.floor, loss - theory.floor, 3);
  return (
    <p class="says">
      <Sentence
        text={l10n.t(
          '{loss} {sign} floor {floor} + excess {excess}. The network without smoothing: {without}.',
        )}
        parts={{
          loss: <b class="t">{total}</b>,
          sign,
          floor: <span class="f">{first}</span>,
          excess: <span class="x">{second}</span>,
          without: fixed(meanAt(part, 0, 'loss', epoch), 3),
        }}
      />
    </p>
  );
}
