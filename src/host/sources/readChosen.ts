import { l10n, type QuickPickItem, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import { success } from '../../readers/outcome.ts';
import type { Candidate } from '../../readers/readProblem.ts';
import { count } from '../../words/numberFormat.ts';
import { sizesOf } from '../../words/shapeText.ts';
import { kindOf } from './kinds/kindOf.ts';
import { type ReadSource, readSource, withLateProgress } from './readSource.ts';
import { type Source, sourceName, withMember } from './source.ts';

/** A source that was read, with the arrays of it that were chosen. */
export interface ReadChosen<S extends Source = Source> {
  readonly source: S;
  readonly opened: ReadSource;
}

/** Why a source can't be read, with the arrays of it that were chosen before. */
export interface UnreadSource<S extends Source = Source> {
  readonly ok: false;
  readonly source: S;
  readonly problem: SourceProblem;
}

/** Reads a source. Where several of its arrays may be meant, it asks which. Undefined if the user doesn't say. */
export async function readChosen<S extends Source>(
  engine: EngineClient,
  asked: S,
): Promise<{ readonly ok: true; readonly value: ReadChosen<S> } | UnreadSource<S> | undefined> {
  let source = asked;
  for (;;) {
    const current = source;
    const read = await withLateProgress(current, (following) => readSource(engine, current, {}, following));
    if (read.ok) return success({ source, opened: read.value });
    const { problem } = read;
    if (problem.reason !== 'several' || problem.of === 'targets') return { ok: false, source, problem };
    const chosen = await pickCandidate(current, problem.candidates);
    if (chosen === undefined) return undefined;
    source = isOfTargets(problem.candidates) ? withOwnTargets(current, chosen) : withMember(current, chosen!);
  }
}

function withOwnTargets<S extends Source>(source: S, name: string | null): S {
  return kindOf(source).withOwnTargets?.(source, name) ?? source;
}

function isOfTargets(candidates: readonly Candidate[]): boolean {
  return candidates.some(({ role }) => role === 'targets' || role === 'predictions');
}

/** Null for no targets; undefined if the user doesn't say. */
async function pickCandidate(
  source: Source,
  candidates: readonly Candidate[],
): Promise<string | null | undefined> {
  const items = candidates.map((candidate): QuickPickItem & { readonly chosen: string | null } => ({
    label: labelText(candidate.name),
    description: labelText(describe(candidate)),
    chosen: candidate.name,
  }));
  const ofTargets = isOfTargets(candidates);
  if (ofTargets)
    items.push({
      label: l10n.t('No targets'),
      description: l10n.t('assume each row’s most likely class'),
      chosen: null,
    });
  const name = sourceName(source);
  const placeHolder = ofTargets
    ? l10n.t('{0} arrays of {1} could be the targets. Which one is it?', count(candidates.length), name)
    : candidates.length === 1
      ? l10n.t('Nothing in {0} says what these numbers are. Choose them if they are logits.', name)
      : l10n.t('{0} has {1} arrays. Which one holds the logits?', name, count(candidates.length));
  const options = {
    title: l10n.t('Smooth labels'),
    placeHolder: labelText(placeHolder),
    matchOnDescription: true,
  };
  return (await window.showQuickPick(items, options))?.chosen;
}

/** "6 × 5 probabilities" */
function describe({ shape, role }: Candidate): string {
  const sizes = sizesOf(shape);
  switch (role) {
    case 'predictions':
      return l10n.t('{0}, looks like predictions', sizes);
    case 'probabilities':
      return l10n.t('{0} probabilities', sizes);
    case 'log-probabilities':
      return l10n.t('{0} log-probabilities', sizes);
    default:
      return sizes;
  }
}
