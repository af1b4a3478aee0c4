import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';

interface BeforeAfterProps {
  readonly before: string;
  readonly after: string;
  readonly unit: string;
  readonly children: ComponentChildren;
}

/** Two numbers, without smoothing and with it, and what they are. */
export function BeforeAfter({ before, after, unit, children }: BeforeAfterProps) {
  return (
    <div class="sum">
      <p class="line">
        <span class="big" data-figure="without">
          {before}
        </span>
        <span class="to" aria-hidden="true">
          →
        </span>
        <span class="unseen">{l10n.t('with smoothing:')}</span>
        <span class="big t" data-figure="smoothed">
          {after}
        </span>
        <span>{unit}</span>
      </p>
      <p>{children}</p>
    </div>
  );
}
