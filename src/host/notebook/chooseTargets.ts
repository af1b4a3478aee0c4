import { l10n, type QuickPickItem, window } from 'vscode';
import type { EngineClient } from '../../engine/client.ts';
import type { BatchSummary } from '../../protocol/engine.ts';
import type { CellSource, TargetsSource } from '../inputs/source.ts';
import { findTargets, stillFits, type TargetCandidate } from './findTargets.ts';
import type { TargetChoices } from './targetChoices.ts';
import type { CellTensors } from './tensors.ts';

interface Item extends QuickPickItem {
  readonly candidate: TargetCandidate | null;
}

/**
 * Where the targets of a cell's logits are: as was chosen before, if it's still there, else as the user says. Null if there are
 * none, or none are wanted; undefined if the user doesn't say.
 */
export async function chooseTargets(
  engine: Pick<EngineClient, 'list'>,
  tensors: CellTensors,
  choices: TargetChoices,
  logits: CellSource,
  summary: Pick<BatchSummary, 'shape' | 'classAxis'>,
): Promise<TargetsSource | null | undefined> {
  const before = choices.of(logits);
  if (before === null || (before && (await stillFits(tensors, before, summary)))) return before;
  const candidates = await findTargets(engine, tensors, logits, summary);
  if (candidates.length === 0) return null;
  const items = [...candidates.map(itemOf), none()];
  const placeHolder = l10n.t('Which are the targets? It’s remembered for this notebook.');
  const chosen = await window.showQuickPick(items, { title: l10n.t('Smooth labels'), placeHolder });
  if (!chosen) return undefined;
  const source = chosen.candidate?.source ?? null;
  await choices.choose(logits, source);
  return source;
}

function itemOf(candidate: TargetCandidate): Item {
  const { name, where, count } = candidate;
  return { label: name, description: l10n.t('{0}: {1} integers', where, count.toLocaleString()), candidate };
}

function none(): Item {
  return { label: l10n.t('None: assume the argmax'), candidate: null };
}
