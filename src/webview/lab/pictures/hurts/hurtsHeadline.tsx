import * as l10n from '@vscode/l10n';
import type { Verdict } from '../../../../lab/statistics/verdicts.ts';
import { plain } from '../../../../words/numberFormat.ts';
import type { StoryView } from '../../state/storyView.ts';
import { changeText } from '../../words/labNumbers.ts';
import { linesOf } from './setLines.ts';

interface Props {
  readonly view: StoryView;
}

/** Where accuracy was seen to rise, and where to fall. */
export function HurtsHeadline({ view }: Props) {
  const lines = linesOf(view);
  const front = lines.find(({ isInFront }) => isInFront);
  const named = (code: Verdict['code']) =>
    lines.filter(({ verdict }) => verdict?.code === code).map(({ name }) => name);
  const [up, down] = [named('seen'), named('opposite')];
  const [same, open] = [named('no-difference'), [...named('unclear'), ...named('unknown')]];
  const list = (names: readonly string[]) =>
    new Intl.ListFormat(document.documentElement.lang || 'en').format(names);
  return (
    <div class="sum">
      <p class="line">
        <span class="big t" data-figure="smoothed">
          {front?.verdict ? changeText('accuracy', front.verdict.interval.mean) : '…'}
        </span>
        <span>{l10n.t('points: change of test accuracy on {0}', front?.name ?? '')}</span>
      </p>
      <p>
        {up.length > 0 && l10n.t('With α = {0}, accuracy clearly rose on: {1}.', plain(view.alpha), list(up))}{' '}
        {down.length > 0 && l10n.t('Accuracy clearly fell on: {0}.', list(down))}{' '}
        {same.length > 0 && l10n.t('It hardly changed on: {0}.', list(same))}{' '}
        {open.length > 0 && l10n.t('The effect isn’t clear on: {0}.', list(open))}{' '}
        {l10n.t('Whether it helps depends on the data: try yours.')}
      </p>
    </div>
  );
}
