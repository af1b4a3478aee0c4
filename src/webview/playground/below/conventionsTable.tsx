import * as l10n from '@vscode/l10n';
import { equivalentAlphas, USERS } from '../../../frameworks/conventionUsers.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import { exact, plain } from '../../../words/numberFormat.ts';

interface Props {
  readonly convention: ConventionName;
  readonly alpha: number;
  readonly classes: number;
}

/** The α that others need for the same targets. */
export function ConventionsTable({ convention, alpha, classes }: Props) {
  const others = equivalentAlphas(convention, alpha, classes);
  if (others.length === 0 || alpha === 0) return null;
  return (
    <section class="chart" aria-label={l10n.t('The same targets in other frameworks')}>
      <div class="title">
        <h2>{l10n.t('The same targets in other frameworks')}</h2>
      </div>
      <ul class="elsewhere">
        {others.map((other) => (
          <li key={other.convention}>
            <b class="figure" title={exact(other.alpha)} data-figure={other.convention}>
              α {plain(other.alpha)}
            </b>{' '}
            {USERS[other.convention]}
          </li>
        ))}
      </ul>
    </section>
  );
}
