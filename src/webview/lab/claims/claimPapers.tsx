import * as l10n from '@vscode/l10n';
import { PAPERS } from '../../../lab/experiments/papers.ts';
import type { ShownClaim } from './shownClaim.ts';

/** Who measured it, and on which data. */
export function ClaimPapers({ claim }: { readonly claim: ShownClaim }) {
  return (
    <details class="papers">
      <summary>{l10n.t('Sources')}</summary>
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
