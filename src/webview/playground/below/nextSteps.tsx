import * as l10n from '@vscode/l10n';
import { usePage } from '../../state/page.ts';
import { LearnLink } from '../../widgets/learnLink.tsx';

/** Two ways on, and what to read. */
export function NextSteps() {
  const { host } = usePage();
  return (
    <nav class="next" aria-label={l10n.t('Next')}>
      <span class="quiet" aria-hidden="true">
        {l10n.t('Next')}
      </span>
      <button type="button" class="link" data-control="own-logits" onClick={() => host.chooseLogits()}>
        {l10n.t('The same with your own logits…')}
      </button>
      <button type="button" class="link" data-control="lab" onClick={() => host.openLab()}>
        {l10n.t('Watch small networks train, in the lab')}
      </button>
      <LearnLink page="label-smoothing" text={l10n.t('Learn more: why labels are smoothed')} />
      <LearnLink page="typical-values" text={l10n.t('Typical values of α')} />
    </nav>
  );
}
