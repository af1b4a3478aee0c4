import * as l10n from '@vscode/l10n';
import { ApplyAlpha } from '../../controls/apply/applyAlpha.tsx';
import type { StoryView } from '../state/storyView.ts';

/** Sets the α in the code that's open: the second thing to do, as a last layer's α may not suit the whole network. */
export function OwnApply({ view }: { readonly view: StoryView }) {
  const { part, alpha, classes } = view;
  const convention = part?.plan.settings.convention ?? 'UNIFORM_K';
  return (
    <li class="apply">
      <h3>{l10n.t('In your code')}</h3>
      <p class="what">
        {l10n.t(
          'You see the edit before it’s made. A whole network may need a different α than its last layer.',
        )}
      </p>
      <ApplyAlpha shown={{ convention, labelSmoothing: alpha, classes }} inCode={null} same={false} />
    </li>
  );
}
