import * as l10n from '@vscode/l10n';
import type { PairedFigures } from '../../../lab/experiments/claims.ts';
import type { Verdict } from '../../../lab/statistics/verdicts.ts';
import { plain } from '../../../words/numberFormat.ts';
import { useSettled } from '../../state/hooks.ts';
import { Sentence } from '../../widgets/sentence.tsx';
import { OwnApply } from '../pictures/ownApply.tsx';
import type { StoryView } from '../state/storyView.ts';
import { meanOf } from '../state/trainedPart.ts';
import { HEADLINE_FIGURES } from '../words/headlineWords.ts';
import { figureWithUnit, pairDigits } from '../words/labNumbers.ts';
import { CalibrationClaim } from './calibrationClaim.tsx';
import { ClaimPapers } from './claimPapers.tsx';
import { ClaimVerdict } from './claimVerdict.tsx';
import { LeanPlot } from './leanPlot.tsx';
import type { ShownClaim } from './shownClaim.ts';
import { shownClaims } from './shownClaims.ts';
import { signOf, soFar } from './verdictText.ts';

interface Props {
  readonly view: StoryView;
}

/** What is claimed, and what was seen of it. */
export function ClaimList({ view }: Props) {
  const { state, isEnd } = view;
  const claims = shownClaims(view);
  const judged = claims.filter(({ verdict }) => verdict);
  const seen = judged.filter(({ verdict }) => verdict?.code === 'seen').length;
  const said = useSettled(
    judged.length > 0 && judged.length === claims.length
      ? l10n.t('{0} of {1} claims seen here.', seen, claims.length)
      : '',
  );
  return (
    <>
      <h2 class="unseen">{l10n.t('What was seen')}</h2>
      <ul class="claims">
        {state.story === 'calibration' && <CalibrationClaim view={view} />}
        {claims.map((each) => (
          <ClaimItem key={each.key} view={view} shown={each} />
        ))}
        {state.story === 'own' && isEnd && <OwnApply view={view} />}
      </ul>
      <span class="unseen" role="status">
        {said}
      </span>
    </>
  );
}

function ClaimItem({ view, shown }: Props & { readonly shown: ShownClaim }) {
  const { title, claim, pairs, verdict, moreSeeds, seedsToAdd } = shown;
  const { store, state, alpha, phase, theory } = view;
  const { sign, kind } = signOf(verdict?.code, pairs !== undefined);
  const names = ['α = 0', `α = ${plain(store.teaching.runs[0]?.alpha ?? alpha)}`] as const;
  const shownNames = state.story === 'teacher' ? names : (['α = 0', `α = ${plain(alpha)}`] as const);
  // What was clear at the first look isn't judged by the seeds after it.
  const drawn = pairs && judgedPairs(pairs, verdict);
  const means = drawn && ([meanOf(drawn.without), meanOf(drawn.smoothed)] as const);
  const isPair = means && HEADLINE_FIGURES[state.story]?.includes(claim.figure);
  const digits = isPair ? pairDigits(claim.figure, means) : undefined;
  const format = (value: number) => figureWithUnit(claim.figure, value);
  const mean = (which: 0 | 1) => figureWithUnit(claim.figure, means![which], digits);
  const isOptimum = claim.id === 'gap-bounded' && Number.isFinite(theory.optimalGap);
  return (
    <li data-claim={claim.id} data-verdict={verdict?.code ?? (pairs ? 'live' : 'none')}>
      <span class={`verdict ${kind}`} aria-hidden="true">
        {sign}
      </span>
      <h3>{title}</h3>
      <p class="what">
        {verdict ? (
          <ClaimVerdict verdict={verdict} shown={shown} />
        ) : means ? (
          <Sentence
            text={l10n.t('{verdict} {before} without smoothing, {after} with it')}
            parts={{
              verdict: <b>{soFar(view.epoch)}</b>,
              before: mean(0),
              after: <b class="t">{mean(1)}</b>,
            }}
          />
        ) : (
          shown.measure
        )}
      </p>
      {means && (
        <p class="measure">
          {shown.measure}
          {/* Averaged over the seeds, it isn't the distance of the averages that the headline shows. */}
          {verdict &&
            claim.id === 'confidence-nearer' &&
            ` ${l10n.t('{0} without smoothing, {1} with it.', mean(0), mean(1))}`}
        </p>
      )}
      {pairs && verdict?.code !== 'unknown' && (
        <LeanPlot
          pairs={drawn!}
          direction={claim.direction}
          names={shownNames}
          format={format}
          label={l10n.t(
            '{0} seeds. Without smoothing {1} on average, with it {2}.',
            drawn!.without.length,
            mean(0),
            mean(1),
          )}
          {...(isOptimum && { reference: { value: theory.optimalGap, name: l10n.t('optimum') } })}
          pointed={state.pointed}
          point={(seed) => store.point(seed)}
        />
      )}
      {moreSeeds && phase.kind === 'finished' && (
        <button type="button" class="link" data-control="more" onClick={moreSeeds}>
          {l10n.t('Run {0} more seeds', seedsToAdd)}
        </button>
      )}
      <ClaimPapers claim={shown} />
    </li>
  );
}

/** The pairs that the verdict is on, if there's one yet. */
function judgedPairs({ without, smoothed }: PairedFigures, verdict: Verdict | undefined): PairedFigures {
  const count = verdict?.differences.length ?? without.length;
  return { without: without.slice(0, count), smoothed: smoothed.slice(0, count) };
}
