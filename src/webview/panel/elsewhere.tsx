import * as l10n from '@vscode/l10n';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { usePage } from '../state/page.ts';

/** True if what was measured is here, without the logits: what needs those isn't offered, but said. */
export function isElsewhere({
  summary,
}: {
  readonly summary: Pick<PanelSnapshot['summary'], 'holds'>;
}): boolean {
  return summary.holds !== 'logits';
}

/** In the place of what row statistics don't determine. `what`: a whole sentence. */
export function NeedsLogits({ what }: { readonly what: string }) {
  return (
    <p class="says" data-figure="needs-logits">
      {what} <MeasureAgain />
    </p>
  );
}

function MeasureAgain() {
  const { host } = usePage();
  return (
    <button type="button" class="link" data-control="measure" onClick={() => host.measureAgain()}>
      {l10n.t('Measure where the logits are…')}
    </button>
  );
}
