import { l10n } from 'vscode';
import { convertAlpha, sharesRows } from '../../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../../loss/lossSpec.ts';
import type { AppliedAlpha, ConfigSnapshot, TakenLoss } from '../../../protocol/panelSnapshot.ts';
import type { CodeLoss } from '../../editor/nearby/codeLoss.ts';
import { cellName, cellOfDocument } from '../../notebook/cellAddress.ts';

/**
 * The α of a configuration, as the panel takes it for logits of K classes: as the code reads it, where that's a softmax over all
 * classes, else as PyTorch does. Undefined if it isn't known, or means what no α of such a softmax does. `isWanted`: somebody has
 * just asked for it; `isHere`: it's in the logits' own notebook or file.
 */
export function appliedAlpha(
  config: ConfigSnapshot,
  classes: number,
  isWanted: boolean,
  isHere: boolean,
): AppliedAlpha | undefined {
  const { labelSmoothing, name, source } = config;
  if (labelSmoothing === null) return undefined;
  const usual = DEFAULT_SPEC.convention;
  const convention = sharesRows(config.convention, usual, classes) ? config.convention : usual;
  const converted = convertAlpha(config.convention, convention, labelSmoothing, classes);
  if (!converted?.sameLoss || !(converted.alpha >= 0 && converted.alpha <= 1)) return undefined;
  return {
    id: crypto.randomUUID(),
    convention,
    labelSmoothing: converted.alpha,
    isWanted,
    from: cellOfDocument(source.uri)
      ? l10n.t('{0}, {1}', name, placeOfLoss(config, isHere))
      : l10n.t('{0}, line {1} of {2}', name, source.line + 1, source.name),
    place: placeOfLoss(config, isHere),
  };
}

/** The same of a loss that was found in code, with what it says besides α; undefined also if its weights are of other classes. */
export function takenLoss(
  { config, besides }: CodeLoss,
  classes: number,
  isWanted: boolean,
  isHere: boolean,
): AppliedAlpha | undefined {
  const applied = appliedAlpha(config, classes, isWanted, isHere);
  if (!applied || (besides.weight && besides.weight.length !== classes)) return undefined;
  const taken = { ...applied, ...besides };
  // After a reload of the window the same loss is the same: where the control was put since, it stays.
  return isWanted ? taken : { ...taken, id: wordsOf(taken) };
}

/** Where a loss is, in as few words as there are: "cell [3]", "train.py, line 12"; of another notebook "run.ipynb, cell [3]". */
export function placeOfLoss({ source }: ConfigSnapshot, isHere: boolean): string {
  const cell = cellOfDocument(source.uri);
  if (!cell) return l10n.t('{0}, line {1}', source.name, source.line + 1);
  return isHere ? cellName(cell) : l10n.t('{0}, {1}', source.name, cellName(cell));
}

/** The next α from code. The same one leaves the control where it was put since; it may be on another line. */
export function nextAlpha(before: AppliedAlpha | null, next: AppliedAlpha): AppliedAlpha {
  if (!before || wordsOf(before) !== wordsOf(next)) return next;
  return before.from === next.from ? before : { ...before, from: next.from, place: next.place };
}

/** The same for what gives the same loss. */
function wordsOf({ convention, labelSmoothing, weight, ignoreIndex, form, reduction }: TakenLoss): string {
  return JSON.stringify([convention, labelSmoothing, weight, ignoreIndex, form, reduction]);
}
