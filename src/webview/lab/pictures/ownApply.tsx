import * as l10n from '@vscode/l10n';
import { ApplyAlpha } from '../../controls/apply/applyAlpha.tsx';
import { type StoryView, suitingAlpha } from '../state/storyView.ts';

/** Sets the α that suits, or the one that was looked at instead, in the code that's open: the second thing to do, as a last layer's α may not suit the whole network. */
export function OwnApply({ view }: { readonly view: StoryView }) {
  const { part, state, classes } = view;
  const convention = part?.plan.settings.convention ?? 'UNIFORM_K';
  // The slider has no place for 0, which may be the one that suits.
  const suiting = part?.plan.settings.alphas[suitingAlpha(part)?.alpha ?? 0] ?? 0;
  const alpha = state.ownAlpha ?? suiting;
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
