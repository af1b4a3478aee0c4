import type { Work } from '../../loss/work.ts';
import type { LossConfig } from '../lossConfig.ts';
import { LossDocument } from '../lossDocument.ts';
import { type AlphaEdit, alphaEdit, type NoAlphaEdit, type Sources } from './alphaEdit.ts';
import { edited, movedOffset } from './textEdit.ts';

/** An edit that was tried out. */
export interface CheckedAlphaEdit extends AlphaEdit {
  /** The text it's made in, before and after. */
  readonly before: string;
  readonly after: string;
  /** Other losses of the document whose α it changes, too. */
  readonly others: readonly LossConfig[];
}

/** Numbers are rounded where the source has 1 − α. */
const TOLERANCE = 1e-12;

/**
 * An edit that sets α, tried out on a copy: what is found after it is this α, and every other loss as before but for its own α,
 * if that's the same number.
 */
export function* checkedAlphaEdit(
  config: LossConfig,
  value: number,
  sources: Sources,
): Work<CheckedAlphaEdit | NoAlphaEdit> {
  const edit = alphaEdit(config, value, sources);
  if ('reason' in edit) return edit;
  const { edits } = edit;
  const tried = trial(sources, edit);
  const { configs: old } = yield* analyzeEdited(sources);
  const { configs } = yield* analyzeEdited(tried.sources);
  const here = edit.in.cell === undefined && edit.in.module === undefined;
  const movedTo = (offset: number) => (here ? movedOffset(offset, edits) : offset);
  const same = (a: LossConfig, b: LossConfig) => a.api === b.api && movedTo(a.callee.from) === b.callee.from;
  const index = old.findIndex(({ callee }) => callee.from === config.callee.from);
  const changed = configs[index];
  if (!changed || configs.length !== old.length || !old.every((each, i) => same(each, configs[i]!)))
    return { reason: 'contradicted' };
  if (!(Math.abs(alphaOf(changed) - value) <= TOLERANCE)) return { reason: 'contradicted' };
  const others = old.filter((each, i) => i !== index && !Object.is(alphaOf(each), alphaOf(configs[i]!)));
  return { ...edit, before: tried.before, after: tried.after, others };
}

function* analyzeEdited({ text, language, ...context }: Sources): ReturnType<LossDocument['analyze']> {
  return yield* new LossDocument(language).analyze(text, context);
}

/** α, also where it's a number in quotes. */
function alphaOf({ alpha: { value, text } }: LossConfig): number {
  return value ?? Number(/^["'](.*)["']$/.exec(text ?? '')?.[1] || Number.NaN);
}

function trial(
  sources: Sources,
  { in: { cell, module }, edits }: AlphaEdit,
): { readonly before: string; readonly after: string; readonly sources: Sources } {
  if (module !== undefined) {
    const before = sources.modules?.get(module) ?? '';
    const after = edited(before, edits);
    return { before, after, sources: { ...sources, modules: new Map(sources.modules).set(module, after) } };
  }
  if (cell !== undefined) {
    const before = sources.cells?.[cell] ?? '';
    const after = edited(before, edits);
    return { before, after, sources: { ...sources, cells: sources.cells?.with(cell, after) ?? [] } };
  }
  const after = edited(sources.text, edits);
  return { before: sources.text, after, sources: { ...sources, text: after } };
}
