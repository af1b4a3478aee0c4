import * as l10n from '@vscode/l10n';
import type { Asked, Asking } from '../state/askedQuestions.ts';
import { useLate } from '../state/hooks.ts';

interface Props extends Asking {
  readonly asked: Exclude<Asked<unknown>, { readonly state: 'answered' }>;
  /** What is computed, as a screen reader says it. */
  readonly label: string;
}

/** Stands in the place of an answer: how far it is, with a way to give it up; or that there's none, with a way to ask again. */
export function Awaiting({ asked, label, stop, again }: Props) {
  if (asked.state === 'pending') return <Pending fraction={asked.fraction} label={label} stop={stop} />;
  return (
    <p class="says">
      {asked.state === 'stopped' ? l10n.t('Not computed.') : l10n.t('The computation failed.')}{' '}
      <button type="button" onClick={again}>
        {l10n.t('Compute')}
      </button>
    </p>
  );
}

function Pending({
  fraction,
  label,
  stop,
}: Pick<Props, 'label' | 'stop'> & { readonly fraction: number | undefined }) {
  const isLate = useLate(true);
  return (
    <p class="working" role="status" aria-busy="true">
      {isLate && (
        <>
          <progress {...(fraction !== undefined && { value: fraction })} aria-label={label} />
          <button type="button" onClick={stop}>
            {l10n.t('Cancel')}
          </button>
        </>
      )}
    </p>
  );
}
