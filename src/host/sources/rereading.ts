import { l10n } from 'vscode';
import { EngineStoppedError, type LostBatches } from '../../engine/client/engineFailures.ts';
import { kindOf } from './kinds/kindOf.ts';
import { fileNameOf } from './kinds/memberName.ts';
import { type Source, sourceName } from './source.ts';
import type { Rereading } from './sourceEvents.ts';

export function changedOnDisk(name: string): Rereading {
  return {
    now: l10n.t('{0} changed on disk and is being reloaded.', name),
    done: l10n.t('{0} changed on disk and was reloaded at {1}.', name, timeOfDay()),
  };
}

/** For a source whose batch is lost. */
export function rereadingOf(source: Source, why: LostBatches['why']): Rereading {
  if (!(why instanceof EngineStoppedError)) {
    const { targets, ...logits } = source;
    const part = (why.of === 'targets' && targets) || logits;
    const file = kindOf(part).file?.(part);
    return changedOnDisk(file ? fileNameOf(file) : sourceName(part));
  }
  const name = sourceName(source);
  return why.reason === 'deaf'
    ? {
        now: l10n.t(
          'A cancelled computation didn’t stop, so the engine was restarted. {0} is being reloaded.',
          name,
        ),
        done: l10n.t(
          'A cancelled computation didn’t stop, so the engine was restarted. {0} was reloaded at {1}.',
          name,
          timeOfDay(),
        ),
      }
    : {
        now: l10n.t('The computation stopped: {0}. {1} is being reloaded.', why.message, name),
        done: l10n.t(
          'The computation stopped: {0}. {1} was reloaded at {2}.',
          why.message,
          name,
          timeOfDay(),
        ),
      };
}

function timeOfDay(): string {
  return new Date().toLocaleTimeString();
}

/** More often than this within the time, nothing is read again by itself: it may be what stops the engine. */
const MOST_RESTARTS = 3;
const WITHIN_MS = 60_000;

/** Counts how often the engine had to be started again. */
export class Restarts {
  #times: readonly number[] = [];

  /** True if that's still seldom enough to go on. */
  another(now = Date.now()): boolean {
    this.#times = [...this.#times.filter((time) => now - time < WITHIN_MS), now];
    return this.#times.length <= MOST_RESTARTS;
  }
}
