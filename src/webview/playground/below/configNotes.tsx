import * as l10n from '@vscode/l10n';
import type { ConfigSnapshot } from '../../../protocol/panelSnapshot.ts';
import { plain } from '../../../words/numberFormat.ts';

interface Props {
  readonly config: ConfigSnapshot | undefined;
  readonly alpha: number;
  /** K as it's shown, which may be another than the code's. */
  readonly classes: number;
}

/** Where the code's α and K are from, what was assumed, and what else to know of the loss. */
export function ConfigNotes({ config, alpha, classes }: Props) {
  const isTried =
    config !== undefined &&
    ((config.labelSmoothing !== null && alpha !== config.labelSmoothing) ||
      (config.classes !== null && classes !== config.classes));
  return (
    <>
      {config?.notes.map((note) => (
        <p key={note} class="note">
          {isTried ? l10n.t('In the code: {0}', note) : note}
        </p>
      ))}
      {!(alpha >= 0 && alpha <= 1) && (
        <p class="problem">{l10n.t('α = {0} is outside [0, 1].', plain(alpha))}</p>
      )}
    </>
  );
}
