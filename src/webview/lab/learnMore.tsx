import * as l10n from '@vscode/l10n';
import type { StoryId } from '../../lab/experiments/stories.ts';
import type { LearnPage } from '../../protocol/learnPages.ts';
import { useLabHost } from './state/labConnection.ts';

/** The page to read beside each story, which opens in the editor. */
export function LearnMore({ story }: { readonly story: StoryId }) {
  const host = useLabHost();
  const { page, text } = pageBeside(story);
  return (
    <p>
      <button type="button" class="link" data-learn={page} onClick={() => host.openLearn(page)}>
        {text}
      </button>
    </p>
  );
}

function pageBeside(story: StoryId): { readonly page: LearnPage; readonly text: string } {
  switch (story) {
    case 'calibration':
      return { page: 'calibration', text: l10n.t('Learn more: calibration') };
    case 'teacher':
      return { page: 'distillation', text: l10n.t('Learn more: distillation') };
    case 'hurts':
    case 'own':
      return { page: 'typical-values', text: l10n.t('Typical values of α') };
    default:
      return { page: 'label-smoothing', text: l10n.t('Learn more: why labels are smoothed') };
  }
}
