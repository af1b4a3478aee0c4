import * as l10n from '@vscode/l10n';

interface Props {
  /** 0…1, if that's known. */
  readonly progress: number | null;
  /** What is done, as a screen reader says it. */
  readonly label: string;
  readonly cancel: () => void;
}

/** That the rows are on their way, over what is shown: nothing moves for it. */
export function Measuring({ progress, label, cancel }: Props) {
  return (
    <p class="working over" role="status">
      <progress {...(progress !== null && { value: progress })} aria-label={label} />
      <button type="button" onClick={cancel}>
        {l10n.t('Cancel')}
      </button>
    </p>
  );
}

/** How figures are marked that are of before: those of other settings than the controls show aren't to be read at all. */
export function lateness(isBehind: boolean, isBusy: boolean, isLate: boolean): string | undefined {
  if (isBehind) return isLate ? 'behind withheld' : 'behind';
  return isBusy ? 'late' : undefined;
}
