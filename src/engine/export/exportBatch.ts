import type { Work } from '../../loss/work.ts';
import type {
  Destination,
  Exported,
  ExportFormat,
  ExportSpec,
  TooLarge,
} from '../../protocol/exportChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import { exportedFigures, figureMembers, rowTable } from './exportedFigures.ts';
import { classesAsNpy, targetsAsNpy } from './npyFile.ts';
import { program } from './program/lossProgram.ts';
import { jsonWithRows, tableText } from './tableText.ts';

/** About as many numbers as a clipboard, an editor, or a spreadsheet still likes. */
const MOST_AS_TEXT: Readonly<Record<Destination, number>> = { clipboard: 200_000, file: 4_500_000 };
/** All of a file's bytes are in memory twice on their way to it. */
const MOST_IN_ARRAY = 1 << 27;

const COLUMNS = 9;

/** What the panel shows, as text or as an array. Too many numbers for that are a problem, not a frozen editor. */
export function* exportBatch(
  batch: MeasuredBatch,
  format: ExportFormat,
  { loss, source, to }: ExportSpec,
): Work<Outcome<Exported, TooLarge>> {
  const { rows, classes } = batch.layout;
  const isArray = format === 'targets' || format === 'classes';
  const isTable = format === 'csv' || format === 'json' || format === 'markdown';
  const count = format === 'classes' ? rows : isTable ? COLUMNS * rows : rows * classes;
  // A program holds its numbers in its text, whatever becomes of it.
  const limit = isArray ? MOST_IN_ARRAY : MOST_AS_TEXT[isTable ? to : 'clipboard'];
  if (count > limit) return failure({ count, limit });
  if (format === 'targets') return success(yield* targetsAsNpy(batch, loss));
  if (format === 'classes') return success(yield* classesAsNpy(batch));
  const figures = exportedFigures(batch, loss);
  yield 0.5;
  switch (format) {
    case 'csv':
      return success(tableText(rowTable(batch, figures), format));
    case 'json':
      return success(jsonWithRows(figureMembers(figures, loss, source), rowTable(batch, figures)));
    case 'markdown': {
      const members = Object.entries(figureMembers(figures, { ...loss, reduction: 'mean' }, source));
      const summary = members.map(([name, value]) => [
        name,
        typeof value === 'number' ? value : String(value),
      ]);
      const head = tableText({ head: ['figure', 'value'], rows: summary }, format);
      return success(`${head}\n${tableText(rowTable(batch, figures), format)}`);
    }
    default:
      return success(program(format, batch, loss, figures, source));
  }
}
