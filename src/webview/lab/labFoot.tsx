import * as l10n from '@vscode/l10n';
import { FEWEST_SEEDS, LOOK_LEVELS } from '../../lab/statistics/looks.ts';
import { Exporting } from '../export/exportItems.tsx';
import { LearnMore } from './learnMore.tsx';
import { resultItems } from './results/resultItems.ts';
import { useLabHost } from './state/labConnection.ts';
import type { StoryView } from './state/storyView.ts';
import { dataSource } from './words/dataWords.ts';
import { fixed } from './words/labNumbers.ts';

/** What a verdict means, and how the results get out. */
export function LabFoot({ view }: { readonly view: StoryView }) {
  const host = useLabHost();
  const [first, second] = LOOK_LEVELS.map((level) => fixed(100 * level, 1));
  const items = (to: 'clipboard' | 'file') => resultItems(view, host, to);
  const hasResults = items('clipboard').length > 0;
  const { data } = view.setup;
  return (
    <footer class="foot">
      <div class="how">
        <p>
          {l10n.t(
            'In brackets: the {0} % confidence interval of the mean difference over the seeds. Once you run more seeds, it’s the {1} % interval, because judging twice gives two chances to be wrong. “Seen here” needs two things: the interval excludes 0, and a sign-flip test agrees. That test shows that the mean would rarely be this far from 0 if chance decided the sign of each seed’s difference. Even judged twice, a verdict is wrong at most 5 times in 100. With fewer than {2} seeds there’s no verdict.',
            first!,
            second!,
            FEWEST_SEEDS,
          )}
        </p>
        <p>
          {l10n.t(
            'All networks of a seed have the same initial weights, the same training rows and the same order of batches; only their targets differ.',
          )}{' '}
          {view.state.story !== 'own' && dataSource(data)}
        </p>
        <LearnMore story={view.state.story} />
      </div>
      {hasResults && (
        <Exporting
          button={l10n.t('Export')}
          label={l10n.t('Export the results')}
          groups={[
            { title: l10n.t('Copy'), items: items('clipboard') },
            { title: l10n.t('Save…'), items: items('file') },
          ]}
        />
      )}
    </footer>
  );
}
