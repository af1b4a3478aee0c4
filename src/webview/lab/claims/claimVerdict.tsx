import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../../lab/statistics/verdicts.ts';
import { Sentence } from '../../widgets/sentence.tsx';
import { changeText, changeWithUnit, fixed } from '../words/labNumbers.ts';
import type { ShownClaim } from './shownClaim.ts';
import { verdictWord } from './verdictText.ts';

/** The verdict, and all that it's computed from. */
export function ClaimVerdict({ verdict, shown }: { readonly verdict: Verdict; readonly shown: ShownClaim }) {
  const { figure } = shown.claim;
  const { code, interval, asClaimed, same, differences, look } = verdict;
  if (code === 'unknown') return <b>{l10n.t('Can’t be judged: this figure is missing for a seed.')}</b>;
  const parts = {
    verdict: <b>{verdictWord(verdict)}</b>,
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
