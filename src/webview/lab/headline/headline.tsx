import * as l10n from '@vscode/l10n';
import { CLOUD_BEST_ACCURACY } from '../../../lab/data/clouds.ts';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { plain } from '../../../words/numberFormat.ts';
import { Sentence, unbroken } from '../../widgets/sentence.tsx';
import { HurtsHeadline } from '../pictures/hurts/hurtsHeadline.tsx';
import { OwnHeadline } from '../pictures/sweep.tsx';
import { TeacherHeadline } from '../pictures/teacher/teacherFacts.tsx';
import { marksIn } from '../state/measuredEpochs.ts';
import type { StoryView } from '../state/storyView.ts';
import { meanAt, type TrainedPart } from '../state/trainedPart.ts';
import { storyIntroduction, storyQuestion } from '../words/dataWords.ts';
import { asksForLess, earlyStoppedNll, earlyStopping, smallerEffect } from '../words/headlineWords.ts';
import { confidenceWords, figureText, pairDigits, signedFixed } from '../words/labNumbers.ts';
import { BeforeAfter } from './beforeAfter.tsx';
import { Lesson } from './lesson.tsx';

interface Props {
  readonly view: StoryView;
}

/** What is often said; then the question, or once something is measured, the number that answers it, and a sentence. */
export function Headline({ view }: Props) {
  return (
    <>
      <Lesson view={view} />
      <Numbers view={view} />
    </>
  );
}

function Numbers({ view }: Props) {
  const { part, state, store } = view;
  if (state.story === 'teacher' && store.teaching.runs.some(({ result }) => result))
    return <TeacherHeadline view={view} />;
  if (state.story !== 'teacher' && part && marksIn(part).length > 0) {
    if (state.story === 'hurts') return <HurtsHeadline view={view} />;
    if (state.story === 'own' && view.isEnd) return <OwnHeadline part={part} />;
    if (state.story !== 'own') return <Measured view={view} part={part} />;
  }
  return (
    <div class="sum">
      <p class="line">
        <span class="big question">{storyQuestion(state.story)}</span>
      </p>
      <p>{storyIntroduction(state.story)}</p>
    </div>
  );
}

interface MeasuredProps extends Props {
  readonly part: TrainedPart;
}

function Measured({ view, part }: MeasuredProps) {
  const { alpha, alphaIndex, epoch, state } = view;
  const mean = (of: number, figure: LabFigure) => meanAt(part, of, figure, epoch);
  const both = (figure: LabFigure) => [mean(0, figure), mean(alphaIndex, figure)] as const;
  const shown = (figure: LabFigure) => {
    const digits = pairDigits(figure, both(figure));
    return both(figure).map((value) => figureText(figure, value, digits)) as [string, string];
  };
  const a = plain(alpha);
  switch (state.story) {
    case 'calibration': {
      const [before, after] = shown('ece');
      const [scaledBefore, scaledAfter] = shown('eceScaled');
      const [without, smoothed] = both('overconfidence');
      return (
        <BeforeAfter before={before} after={after} unit={l10n.t('ECE before temperature scaling')}>
          <Sentence
            text={l10n.t(
              'Without smoothing the networks are {before}; with α = {alpha}, {after}. After temperature scaling, ECE is {scaledBefore} without smoothing and {scaledAfter} with it.',
            )}
            parts={{
              alpha: a,
              before: <b>{confidenceWords(without)}</b>,
              after: <b class="t">{confidenceWords(smoothed)}</b>,
              scaledBefore: <b>{scaledBefore}</b>,
              scaledAfter: <b class="t">{scaledAfter}</b>,
            }}
          />{' '}
          {smoothed < 0 && unbroken(asksForLess(view, mean(alphaIndex, 'accuracy')))}
        </BeforeAfter>
      );
    }
    case 'clusters': {
      const [before, after] = shown('trainSpread');
      const [heldBefore, heldAfter] = shown('testSpread');
      return (
        <BeforeAfter
          before={before}
          after={after}
          unit={l10n.t('spread ÷ distance of the classes, on training rows')}
        >
          <Sentence
            text={l10n.t('On held-out rows it is {before} without smoothing and {after} with α = {alpha}.')}
            parts={{ alpha: a, before: <b>{heldBefore}</b>, after: <b class="t">{heldAfter}</b> }}
          />{' '}
          {smallerEffect(both('trainSpread'), both('testSpread'))}
        </BeforeAfter>
      );
    }
    case 'wrongLabels': {
      const [before, after] = shown('accuracy');
      const [heartBefore, heartAfter] = shown('learntByHeart');
      return (
        <BeforeAfter
          before={before}
          after={after}
          unit={l10n.t('accuracy on held-out rows, whose labels are clean')}
        >
          {Number.isFinite(mean(0, 'learntByHeart')) && (
            <Sentence
              text={l10n.t(
                'Share of the wrong training labels that the network memorises: {before} without smoothing, {after} with α = {alpha}.',
              )}
              parts={{ alpha: a, before: <b>{heartBefore}</b>, after: <b class="t">{heartAfter}</b> }}
            />
          )}{' '}
          {view.isEnd && unbroken(earlyStopping(part, mean(alphaIndex, 'accuracy'), a))}
        </BeforeAfter>
      );
    }
    default: {
      const [without, smoothed] = both('overconfidence');
      const [rightBefore, rightAfter] = both('accuracy');
      // What they say less how often they're right is the number above; by how much that changes is a claim's.
      const pairs = [
        [without + rightBefore, rightBefore],
        [smoothed + rightAfter, rightAfter],
        [rightAfter, rightBefore],
      ] as const;
      const digits = Math.max(...pairs.map((pair) => pairDigits('accuracy', pair)));
      const percent = (value: number) => figureText('accuracy', value, digits);
      return (
        <BeforeAfter
          before={signedFixed(100 * without, 1)}
          after={signedFixed(100 * smoothed, 1)}
          unit={l10n.t('points: mean confidence − accuracy')}
        >
          <Sentence
            text={l10n.t(
              'Without smoothing the networks say {saidBefore} on average and are right {rightBefore} of the time; with α = {alpha} they say {saidAfter} and are right {rightAfter}.',
            )}
            parts={{
              alpha: a,
              saidBefore: <b>{percent(without + rightBefore)}</b>,
              rightBefore: <b>{percent(rightBefore)}</b>,
              saidAfter: <b class="t">{percent(smoothed + rightAfter)}</b>,
              rightAfter: <b class="t">{percent(rightAfter)}</b>,
            }}
          />{' '}
          {part.plan.data === 'clouds' &&
            l10n.t(
              'The best possible classifier is right {0} of the time on average.',
              figureText('accuracy', CLOUD_BEST_ACCURACY),
            )}{' '}
          {view.isEnd && unbroken(earlyStoppedNll(part, mean(alphaIndex, 'nll'), a))}
        </BeforeAfter>
      );
    }
  }
}
