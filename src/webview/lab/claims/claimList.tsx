import * as l10n from '@vscode/l10n';
import { PAPERS } from '../../../lab/experiments/papers.ts';
import type { Verdict } from '../../../lab/statistics/verdicts.ts';
import { plain } from '../../../words/numberFormat.ts';
import { useSettled } from '../../state/hooks.ts';
import { Sentence } from '../../widgets/sentence.tsx';
import { OwnApply } from '../pictures/ownApply.tsx';
import type { StoryView } from '../state/storyView.ts';
import { meanOf } from '../state/trainedPart.ts';
import { changeText, changeWithUnit, figureWithUnit, fixed } from '../words/labNumbers.ts';
import { CalibrationClaim } from './calibrationClaim.tsx';
import { LeanPlot } from './leanPlot.tsx';
import type { ShownClaim } from './shownClaim.ts';
import { shownClaims } from './shownClaims.ts';
import { signOf, soFar, verdictWord } from './verdictText.ts';

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
  const format = (value: number) => figureWithUnit(claim.figure, value);
  const means = pairs && ([meanOf(pairs.without), meanOf(pairs.smoothed)] as const);
  const isOptimum = claim.id === 'gap-bounded' && Number.isFinite(theory.optimalGap);
  return (
    <li data-claim={claim.id} data-verdict={verdict?.code ?? (pairs ? 'live' : 'none')}>
      <span class={`verdict ${kind}`} aria-hidden="true">
        {sign}
      </span>
      <h3>{title}</h3>
      <p class="what">
        {verdict ? (
          <VerdictSentence verdict={verdict} shown={shown} />
        ) : means ? (
          <Sentence
            text={l10n.t('{verdict} from {before} to {after}')}
            parts={{
              verdict: <b>{soFar(view.epoch)}</b>,
              before: format(means[0]),
              after: <b class="t">{format(means[1])}</b>,
            }}
          />
        ) : (
          shown.measure
        )}
      </p>
      {pairs && verdict?.code !== 'unknown' && (
        <LeanPlot
          pairs={pairs}
          direction={claim.direction}
          names={shownNames}
          format={format}
          label={l10n.t(
            '{0} seeds. Without smoothing {1} on average, with it {2}.',
            pairs.without.length,
            format(means![0]),
            format(means![1]),
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
      <Papers claim={shown} />
    </li>
  );
}

/** The verdict, and all that it's computed from. */
function VerdictSentence({ verdict, shown }: { readonly verdict: Verdict; readonly shown: ShownClaim }) {
  const { figure } = shown.claim;
  const { code, interval, asClaimed, same, differences, look } = verdict;
  if (code === 'unknown') return <b>{l10n.t('Can’t be judged: this figure is missing for a seed.')}</b>;
  const parts = {
    verdict: <b>{verdictWord(code)}</b>,
    change: <b>{changeWithUnit(figure, interval.mean)}</b>,
    interval: (
      <span
        class="interval"
        title={l10n.t('{0} % interval of the mean difference', fixed(100 * interval.level, 1))}
      >
        [{changeText(figure, interval.low)}, {changeText(figure, interval.high)}]
      </span>
    ),
    count: asClaimed,
    seeds: differences.length,
    same,
  };
  return (
    <>
      <Sentence
        text={
          same > 0
            ? l10n.t(
                '{verdict} {change} {interval}, in the claimed direction in {count} of {seeds} seeds ({same} the same).',
              )
            : l10n.t('{verdict} {change} {interval}, in the claimed direction in {count} of {seeds} seeds.')
        }
        parts={parts}
      />
      {look === 2 && (
        <>
          {' '}
          {l10n.t(
            'The results were judged twice, so the interval is wider: {0} %.',
            fixed(100 * interval.level, 1),
          )}
        </>
      )}
    </>
  );
}

/** What is measured, and who measured it on which data. */
function Papers({ claim }: { readonly claim: ShownClaim }) {
  return (
    <details class="papers">
      <summary>{l10n.t('Definition and sources')}</summary>
      {claim.pairs && <p>{claim.measure}</p>}
      <ul>
        {PAPERS[claim.claim.id].map(({ authors, year, title, link, data }) => (
          <li key={link}>
            <a href={link}>{title}</a>
            <span class="quiet">{l10n.t('{0}, {1}. On {2}.', authors, year, data.join(', '))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
