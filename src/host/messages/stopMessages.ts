import { l10n } from 'vscode';
import { type BatchGoneError, EngineStoppedError } from '../../engine/client/engineFailures.ts';

/** Why something wasn't answered: the engine has stopped, or no longer has what it's about. */
export function describeStop(error: EngineStoppedError | BatchGoneError): string {
  if (!(error instanceof EngineStoppedError))
    return l10n.t('These logits are no longer in memory. Run “Smooth labels” again.');
  return error.reason === 'deaf'
    ? l10n.t('A cancelled computation didn’t stop, so the engine was restarted. Run “Smooth labels” again.')
    : l10n.t('The computation stopped: {0}. Run “Smooth labels” again.', error.message);
}
