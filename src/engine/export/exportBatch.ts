import { sumSoftFloors } from '../../loss/theory/floors.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { Exported, ExportFormat, ExportSpec, TooLarge } from '../../protocol/exportChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import { logitsOf } from '../batches/needsLogits.ts';
import { exportedFigures, figureMembers, figuresAlone, ROW_COLUMNS } from './exportedFigures.ts';
import { fileSink } from './fileSink.node.ts';
import { classesAsNpy, targetsAsNpy } from './npyFile.ts';
import { program } from './program/lossProgram.ts';
import { loadedFile } from './program/programParts.ts';
import { figuresText, writeRows } from './rowText.ts';
import { GatheredBytes, type Sink } from './sink.ts';

/** About as many numbers as a clipboard and an editor still like. */
const MOST_AS_TEXT = 200_000;
/** Without a path all of a file's bytes are in memory twice on their way to it. */
const MOST_IN_ARRAY = 1 << 27;

/**
 * What the panel shows, as text or as an array: to a file by its path part by part, however much it is. Too many numbers for
 * another place are a problem, not a frozen editor.
 */
export function* exportBatch(
  batch: MeasuredBatch,
  format: ExportFormat,
  spec: ExportSpec,
  floorsOf = sumSoftFloors,
): Work<Outcome<Exported, TooLarge>> {
  const { loss, source, to, path } = spec;
  const { rows, classes } = batch.layout;
  // A sample isn't what the figures are of.
  const withoutRows = spec.withoutRows ?? (batch.sums ? 'table' : undefined);
  const isArray = format === 'targets' || format === 'classes';
  const isTable = format === 'csv' || format === 'json' || format === 'markdown';
  const isLoaded = loadedFile(batch) !== undefined && batch.targets.kind === 'indices';
  const perRow =
    format === 'classes' || (!isTable && !isArray && isLoaded) ? 1 : isTable ? ROW_COLUMNS.length : classes;
  const count = perRow * rows;
  // A program holds its numbers in its text, whatever becomes of it.
  const limit = isArray || (isTable && to === 'file') ? MOST_IN_ARRAY : MOST_AS_TEXT;
  const isLimited = isTable || isArray ? path === undefined && !withoutRows : true;
  if (isLimited && count > limit) return failure({ count, limit });
  // Throws NeedsLogitsError; the panel doesn't offer it.
  if (!isTable && (!isArray || batch.sums)) logitsOf(batch.source);
  if (!isTable && !isArray)
    return success(program(format, batch, loss, exportedFigures(batch, loss, floorsOf), source));
  if (isTable && withoutRows) {
    const figures = exportedFigures(batch, loss, floorsOf);
    const members = figureMembers(figures, { ...loss, reduction: 'mean' }, source);
    return success(figuresText(withoutRows === 'figures' ? figuresAlone(members) : members, format));
  }
  const gathered = new GatheredBytes();
  const sink: Sink = path === undefined ? gathered : fileSink(path);
  let isWhole = false;
  try {
    if (format === 'targets') yield* targetsAsNpy(batch, loss, sink);
    else if (format === 'classes') yield* classesAsNpy(batch, sink);
    else if (isTable) {
      const figures = exportedFigures(batch, loss, floorsOf);
      const reduction = format === 'json' ? loss.reduction : 'mean';
      const members = figureMembers(figures, { ...loss, reduction }, source);
      yield* portion(writeRows(batch, figures, members, format, sink), 0.1, 1);
    }
    sink.end();
    isWhole = true;
  } finally {
    if (!isWhole) sink.giveUp();
  }
  if (path !== undefined) return success(null);
  return success(isArray || to === 'file' ? gathered.bytes : new TextDecoder().decode(gathered.bytes));
}
