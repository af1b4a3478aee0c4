import { l10n, type QuickPickItem, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import type { BatchSummary, SourceMember } from '../../protocol/engineChannel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { failure, success } from '../../readers/outcome.ts';
import { meaningOf } from '../../readers/roles/arrayNames.ts';
import { count } from '../../words/numberFormat.ts';
import { sizesOf } from '../../words/shapeText.ts';
import type { Notebooks } from '../notebook/notebooks.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';
import { listSource } from '../sources/listSource.ts';
import { chooseFile } from '../sources/pickSource.ts';
import type { Source } from '../sources/source.ts';
import { outputOf, sourceName } from '../sources/source.ts';
import { targetsInSelections } from './findCellTargets.ts';
import { candidatesIn, findFileTargets } from './findFileTargets.ts';
import type { TargetCandidate } from './pickTargets.ts';
import { pickTargets, targetsItem } from './pickTargets.ts';

interface Item extends QuickPickItem {
  readonly choose: () => Promise<Outcome<TargetsSource | null, SourceProblem> | undefined>;
}

/** Logits that were just read from a file with these arrays, with no targets beside them. */
interface Untargeted {
  readonly source: Source;
  /** What the other arrays are in, too. */
  readonly whole: Source;
  readonly members: readonly SourceMember[];
  readonly shape: readonly number[];
}

/** Offers what may be the targets of logits without any. Null if there's nothing, or nothing is wanted; undefined if the user gives up. */
export async function offerTargets(
  engine: Pick<EngineClient, 'list'>,
  { source, whole, members, shape }: Untargeted,
): Promise<TargetsSource | null | undefined> {
  // A table has its own.
  if (
    members.some(({ type, name, isColumn }) => type === 'column' || (isColumn && meaningOf(name).target > 0))
  )
    return null;
  const candidates = await findFileTargets(engine, whole, members, shape);
  if (candidates.length === 0) return null;
  return pickTargets(candidates, l10n.t('Targets for {0} ({1})', sourceName(source), sizesOf(shape)));
}

/** Asks for other targets of logits that are shown: what fits, a file, or those that they come with. */
export async function chooseOtherTargets(
  engine: Pick<EngineClient, 'list'>,
  notebooks: Pick<Notebooks, 'findTargets' | 'remember'>,
  source: Source,
  summary: Pick<BatchSummary, 'shape' | 'classAxis'>,
): Promise<Outcome<TargetsSource | null, SourceProblem> | undefined> {
  const { shape } = summary;
  const output = outputOf(source);
  const candidates = output
    ? await notebooks.findTargets(output, summary)
    : [
        ...(await findFileTargets(engine, source, await membersOf(engine, source), shape)),
        ...(await targetsInSelections(engine, summary)),
      ];
  const items: Item[] = [
    ...candidates.map(itemOf),
    {
      label: `$(folder-opened) ${l10n.t('Choose a file…')}`,
      description: l10n.t('class indices, or probabilities'),
      choose: () => targetsFromFile(engine, shape),
    },
  ];
  if (source.targets)
    items.push(
      none(
        l10n.t('Targets given with the logits'),
        l10n.t('or each row’s most likely class, if it has none'),
      ),
    );
  const placeHolder = labelText(l10n.t('Targets for {0} ({1})', sourceName(source), sizesOf(shape)));
  const choice = await window.showQuickPick(items, { title: l10n.t('Smooth labels'), placeHolder });
  const targets = await choice?.choose();
  if (targets?.ok && output) await notebooks.remember(output, targets.value);
  return targets;
}

async function membersOf(engine: Pick<EngineClient, 'list'>, source: Source) {
  const listed = await listSource(engine, source);
  return listed.ok ? listed.value : [];
}

async function targetsFromFile(
  engine: Pick<EngineClient, 'list'>,
  shape: readonly number[],
): Promise<Outcome<TargetsSource, SourceProblem> | undefined> {
  const file = await chooseFile();
  if (!file) return undefined;
  const listed = await listSource(engine, file);
  // What isn't a list of arrays may still be targets: the engine says if it isn't.
  if (!listed.ok || listed.value.length <= 1) return success(file);
  const fitting = candidatesIn(file, listed.value, shape, sourceName(file));
  const [only] = fitting;
  if (!only)
    return failure({
      reason: 'several',
      offset: 0,
      place: null,
      candidates: listed.value.map(({ name, shape: found }) => ({ name, shape: found, role: 'targets' })),
    });
  if (fitting.length === 1) return success(only.source);
  const placeHolder = labelText(
    l10n.t(
      '{0} has {1} arrays that could be the targets. Which one is it?',
      sourceName(file),
      count(fitting.length),
    ),
  );
  const title = l10n.t('Smooth labels');
  const choice = await window.showQuickPick(fitting.map(targetsItem), { title, placeHolder });
  return choice && success(choice.source);
}

function itemOf(candidate: TargetCandidate): Item {
  return { ...targetsItem(candidate), choose: async () => success(candidate.source) };
}

function none(label: string, description: string): Item {
  return { label, description, choose: async () => success(null) };
}
