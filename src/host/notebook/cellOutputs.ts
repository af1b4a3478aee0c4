import { type NotebookCell, type NotebookCellOutput, NotebookCellOutputItem } from 'vscode';
import { hasTensorHint, isDataFrame } from './tensorHint.ts';

/** What a program writes for us: JSON as docs/notebook.md has it. */
const OWN_MIME = 'application/vnd.smooth-labels.v1+json';

const STDOUT_MIME = NotebookCellOutputItem.stdout('').mime;

/** An output that may have tensors in it, as text in UTF-8. */
export interface TensorText {
  readonly mime: string;
  /** In the order they were written. */
  readonly parts: readonly Uint8Array[];
}

/** The outputs of a cell that are worth reading. What a program prints in turns is one text. */
export function tensorTexts({ outputs }: NotebookCell): readonly TensorText[] {
  const texts: TensorText[] = [];
  let printed: Uint8Array[] | undefined;
  for (const output of outputs) {
    const stdout = output.items.filter(({ mime }) => mime === STDOUT_MIME).map(({ data }) => data);
    if (stdout.length > 0) {
      if (printed) printed.push(...stdout);
      else {
        printed = stdout;
        texts.push({ mime: STDOUT_MIME, parts: printed });
      }
      continue;
    }
    // Warnings on stderr come in between, and don't end what is printed.
    if (isShown(output)) printed = undefined;
    const best = bestItem(output);
    if (best) texts.push({ mime: best.mime, parts: [best.data] });
  }
  return texts.filter(({ mime, parts }) => mime === OWN_MIME || parts.some((part) => hasTensorHint(part)));
}

export function sizeOf({ parts }: TensorText): number {
  return parts.reduce((length, part) => length + part.length, 0);
}

export function bytesOfOutput(text: TensorText): Uint8Array {
  const { parts } = text;
  if (parts.length === 1) return parts[0]!;
  const bytes = new Uint8Array(sizeOf(text));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Of the forms an output has, the one with the most digits. */
function bestItem({ items }: NotebookCellOutput): NotebookCellOutputItem | undefined {
  const of = (wanted: string) => items.find(({ mime }) => mime === wanted);
  const html = of('text/html');
  return of(OWN_MIME) ?? of('application/json') ?? (html && isDataFrame(html.data) ? html : of('text/plain'));
}

function isShown({ items }: NotebookCellOutput): boolean {
  return !items.some(({ mime }) => mime === NotebookCellOutputItem.stderr('').mime);
}
