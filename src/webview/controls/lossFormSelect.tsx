import * as l10n from '@vscode/l10n';
import { LOSS_FORMS, type LossForm } from '../../loss/lossSpec.ts';

export function formName(form: LossForm): string {
  switch (form) {
    case 'ce':
      return l10n.t('cross-entropy');
    case 'kl':
      return l10n.t('KL = CE − H(y′)');
    case 'ce-constant':
      return l10n.t('CE − H(y′), 1e−20 inside');
  }
}

interface Props {
  readonly form: LossForm;
  /** Why it can only be a cross-entropy. */
  readonly refused: string | undefined;
  readonly choose: (form: LossForm) => void;
  readonly control?: string;
}

/** What is subtracted from the cross-entropy. */
export function FormSelect({ form, refused, choose, control = 'form' }: Props) {
  return (
    <label title={refused ?? l10n.t('The forms differ by a constant; their gradients are the same')}>
      {l10n.t('form')}
      <select
        value={form}
        disabled={refused !== undefined}
        data-control={control}
        onChange={(event) => choose(event.currentTarget.value as LossForm)}
      >
        {LOSS_FORMS.map((each) => (
          <option key={each} value={each}>
            {formName(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
