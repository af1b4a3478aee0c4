import type { KeptState, PlaygroundState } from '../../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../../protocol/panelSnapshot.ts';
import { FRESH_READING } from '../../state/panelChoices.ts';
import type { PlayedLoss } from './columns.ts';
import { type Change, freshState, isStateOf } from './playedState.ts';

/** All that was chosen in the playground. */
export interface TriedState extends PlaygroundState {
  /** Of which loss. */
  readonly of: string;
  readonly change: Change;
}

/** As the code says it, or the example. */
export function freshlyTried(
  config: ConfigSnapshot | undefined,
  loss: PlayedLoss,
  more: boolean,
): TriedState {
  return {
    of: identityOf(config),
    played: freshState(loss, config),
    change: { kind: 'nothing' },
    reading: FRESH_READING,
    more,
  };
}

/** As it was before the page was loaded again, if that was of the same loss. */
export function triedBefore(
  config: ConfigSnapshot | undefined,
  loss: PlayedLoss,
  kept: KeptState | undefined,
): TriedState {
  const before = config ? kept?.loss : kept?.playground;
  const fresh = freshlyTried(config, loss, before?.more ?? false);
  const isSame = !config || (kept?.loss && identityOf(kept.loss.config) === fresh.of);
  if (!before || !isSame || !isStateOf(before.played, loss)) return fresh;
  return { ...fresh, played: before.played, reading: before.reading ?? FRESH_READING };
}

/** The same as long as the code says the same. */
export function identityOf(config: ConfigSnapshot | undefined): string {
  if (!config) return '';
  const { name, source, convention, labelSmoothing, classes } = config;
  return JSON.stringify([name, source.uri, convention, labelSmoothing, classes]);
}
